import { CheckIcon, CopyIcon } from '@radix-ui/react-icons'
import { isValidElement, type ReactElement, type ReactNode, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { useCopy } from '../parts/use-copy.ts'

/** The language of a fence: the highlighter and the reader of Markdown both leave it in the class. */
const languageOf = (children: ReactNode): string => {
  const code = isValidElement<{ className?: string }>(children) ? (children.props.className ?? '') : ''
  return /language-(\S+)/.exec(code)?.[1] ?? ''
}

/** Code: scrolls inside itself, says its language, and can be copied. */
export const CodeBlock = ({ children }: { readonly children?: ReactNode }): ReactElement => {
  const t = useTranslations('message')
  const pre = useRef<HTMLPreElement>(null)
  const [isCopied, copy] = useCopy()
  return (
    <div dir="ltr" className="group/code relative max-w-full overflow-hidden rounded-lg border border-line bg-sunken">
      <div className="flex h-8 items-center justify-between ps-3 pe-1 text-fine text-quiet">
        <span>{languageOf(children) || t('code')}</span>
        <button
          type="button"
          onClick={() => copy(pre.current?.textContent?.replace(/\n$/, '') ?? '')}
          className="inline-flex h-6 items-center gap-1.5 rounded-md px-2 hover:bg-hover hover:text-text"
        >
          {isCopied ? <CheckIcon /> : <CopyIcon />}
          {t(isCopied ? 'copied' : 'copy')}
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
      <pre ref={pre} tabIndex={0} className="code overflow-x-auto px-3 pb-3">
        {children}
      </pre>
    </div>
  )
}
