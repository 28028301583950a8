import { useMe } from '@parley/client/react'
import { memo, type ReactElement, useMemo } from 'react'
import Markdown, { type Options } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { classes } from '../parts/classes.ts'
import { useNames } from '../people/use-names.ts'
import { hasFence, settle, splitBlocks } from './blocks.ts'
import { parts } from './parts.tsx'
import { useHighlighter } from './use-highlighter.ts'
import { wordsInText } from './words-in-text.ts'

interface BlockProps {
  readonly text: string
  /** It is being written: not highlighted before it is finished. */
  readonly isGrowing: boolean
  readonly plugins: NonNullable<Options['remarkPlugins']>
}

const Block = memo(({ text, isGrowing, plugins }: BlockProps): ReactElement => {
  const highlight = useHighlighter(!isGrowing && hasFence(text))
  return (
    <Markdown remarkPlugins={plugins} rehypePlugins={highlight} components={parts} skipHtml={false}>
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
  const me = useMe()?.name
  const names = useNames()
  const plugins = useMemo<BlockProps['plugins']>(
    () => [
      [remarkGfm, { singleTilde: false }],
      [wordsInText, { names, me }],
    ],
    [names, me],
  )
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
