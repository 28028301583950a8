import { memo, type ReactElement } from 'react'
import Markdown, { type Options } from 'react-markdown'
import { classes } from '../parts/classes.ts'
import { settle, splitBlocks } from './blocks.ts'
import { parts } from './parts.tsx'
import { isPlain } from './plain.ts'
import { useProsePlugins } from './prose-context.tsx'
import { hasCodeToHighlight, isTame } from './tame.ts'
import { useHighlighter } from './use-highlighter.ts'

interface BlockProps {
  readonly text: string
  /** It is being written: not highlighted before it is finished. */
  readonly isGrowing: boolean
  readonly plugins: NonNullable<Options['remarkPlugins']>
}

/** A part of a text. It is read again only when it changes: of a text that grows, only the last part does. */
const Block = memo(({ text, isGrowing, plugins }: BlockProps): ReactElement => {
  const highlight = useHighlighter(!isGrowing && hasCodeToHighlight(text))
  if (isPlain(text)) return <p>{text}</p>
  if (!isTame(text)) return <p className="whitespace-pre-wrap">{text}</p>
  return (
    <Markdown remarkPlugins={plugins} rehypePlugins={highlight} components={parts}>
      {isGrowing ? settle(text) : text}
    </Markdown>
  )
})

/** Up to three emoji and nothing else. */
const onlyEmoji = /^(?:\p{RGI_Emoji}\s*){1,3}$/v

interface ProseProps {
  readonly text: string
  readonly isGrowing?: boolean
}

/** What somebody has written, as Markdown. HTML in it is shown as text. */
export const Prose = memo(({ text, isGrowing = false }: ProseProps): ReactElement => {
  const plugins = useProsePlugins()
  const blocks = splitBlocks(text)
  return (
    <div dir="auto" className={classes('prose', onlyEmoji.test(text) && 'text-[32px] leading-[40px]')}>
      {blocks.map((block, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a block is what stands at its place; blocks are only added
        <Block key={place} text={block} isGrowing={isGrowing && place === blocks.length - 1} plugins={plugins} />
      ))}
    </div>
  )
})
