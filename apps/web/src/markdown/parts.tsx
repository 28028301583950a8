import type { Components } from 'react-markdown'
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
    <div className="max-w-full overflow-x-auto rounded-lg border border-line" dir="auto">
      <table {...rest} />
    </div>
  ),
  input: ({ node: _, ...rest }) => <input {...rest} aria-label={rest.checked ? '✓' : '☐'} />,
}
