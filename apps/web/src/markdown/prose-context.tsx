import { useMe } from '@parley/client/react'
import { createContext, type ReactElement, type ReactNode, use, useMemo } from 'react'
import type { Options } from 'react-markdown'
import remarkGfm from 'remark-gfm'
import { useNames } from '../people/use-names.ts'
import { wordsInText } from './words-in-text.ts'

type Plugins = NonNullable<Options['remarkPlugins']>

const withoutNames: Plugins = [remarkGfm, [wordsInText, { names: [], me: undefined }]]

const ProseContext = createContext<Plugins>(withoutNames)

/** Knows once, for all texts below, who may be mentioned in them. */
export const ProseProvider = ({ children }: { readonly children: ReactNode }): ReactElement => {
  const me = useMe()?.name
  const names = useNames()
  const plugins = useMemo<Plugins>(
    () => [
      [remarkGfm, { singleTilde: false }],
      [wordsInText, { names, me }],
    ],
    [names, me],
  )
  return <ProseContext value={plugins}>{children}</ProseContext>
}

/** How Markdown is read here. */
export const useProsePlugins = (): Plugins => use(ProseContext)
