import { useEffect, useState } from 'react'
import type { Options } from 'react-markdown'

type Plugins = NonNullable<Options['rehypePlugins']>

let loaded: Plugins | undefined
let loading: Promise<Plugins> | undefined

const load = async (): Promise<Plugins> => {
  const { default: highlight } = await import('rehype-highlight')
  // Made once: each one made reads all its languages anew, which takes longer than the code that it is to colour.
  const transform = highlight({ detect: false })
  loaded = [() => transform]
  return loaded
}

const none: Plugins = []

/** The highlighter, loaded when there is first something to highlight; nothing until then. */
export const useHighlighter = (isNeeded: boolean): Plugins => {
  const [plugins, setPlugins] = useState(loaded)
  useEffect(() => {
    if (!isNeeded || plugins) return
    let isCurrent = true
    loading ??= load()
    loading.then(
      (ready) => {
        if (isCurrent) setPlugins(ready)
      },
      () => {
        loading = undefined
      },
    )
    return () => {
      isCurrent = false
    }
  }, [isNeeded, plugins])
  return isNeeded ? (plugins ?? none) : none
}
