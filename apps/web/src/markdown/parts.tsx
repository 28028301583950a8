import { CheckIcon } from '@radix-ui/react-icons'
import type { Components } from 'react-markdown'
import { classes } from '../parts/classes.ts'
import { CodeBlock } from './code-block.tsx'
import { ForeignImage } from './foreign-image.tsx'

/** How the parts of Markdown are drawn that are more than an element. */
export const parts: Components = {
  a: ({ href, children, title }) => (
    <a href={href} title={title} target="_blank" rel="noopener noreferrer nofollow">
      {children}
    </a>
  ),
  img: ({ src, alt }) => <ForeignImage source={typeof src === 'string' ? src : ''} text={alt ?? ''} />,
  pre: ({ node: _, ...rest }) => <CodeBlock {...rest} />,
  table: ({ node: _, ...rest }) => (
    <div className="w-fit max-w-full overflow-x-auto rounded-lg border border-line" dir="auto">
      <table {...rest} />
    </div>
  ),
  input: ({ checked }) => (
    <span
      role="img"
      aria-label={checked ? '✓' : '☐'}
      className={classes(
        'me-2 inline-flex size-4 items-center justify-center rounded border align-[-2px]',
        checked ? 'border-accent bg-accent text-on-accent' : 'border-edge',
      )}
    >
      {checked && <CheckIcon width={13} height={13} />}
    </span>
  ),
}
