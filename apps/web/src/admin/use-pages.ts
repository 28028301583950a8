import type { Client } from '@parley/client'
import { useClient } from '@parley/client/react'
import { useCallback, useEffect, useRef, useState } from 'react'

/** One page of a list, and whether there are more after it. */
export interface Page<T> {
  readonly items: readonly T[]
  readonly more: boolean
}

export type AskPage<T> = (client: Client, after: string | undefined) => Promise<Page<T>>

export interface Pages<T> {
  readonly items: readonly T[]
  /** `ready`: the first page is here. */
  readonly status: 'loading' | 'failed' | 'ready'
  readonly error: unknown
  readonly hasMore: boolean
  readonly isBusy: boolean
  /** Fetches the page after the last one, or the first one where it failed. */
  readonly next: () => void
  /** Fetches the list from its beginning; what is shown stays until then. */
  readonly reload: () => void
  readonly change: (change: (items: readonly T[]) => readonly T[]) => void
}

const nothing: Page<never> = { items: [], more: true }

/**
 * A list that the server gives page by page, each asked for by the id of the last one before.
 * @param ask must be the same function from render to render
 */
export const usePages = <T extends { readonly id: string }>(ask: AskPage<T>): Pages<T> => {
  const client = useClient()
  const [page, setPage] = useState<Page<T>>(nothing)
  const [isBusy, setBusy] = useState(true)
  const [isBegun, setBegun] = useState(false)
  const [error, setError] = useState<unknown>()
  const newest = useRef(0)

  const fetchPage = useCallback(
    async (before: readonly T[]): Promise<void> => {
      newest.current += 1
      const own = newest.current
      const settle = (act: () => void): void => {
        if (own !== newest.current) return
        act()
        setBusy(false)
      }
      setBusy(true)
      setError(undefined)
      await ask(client, before.at(-1)?.id).then(
        ({ items, more }) =>
          settle(() => {
            setPage({ items: [...before, ...items], more })
            setBegun(true)
          }),
        (why: unknown) => settle(() => setError(why)),
      )
    },
    [client, ask],
  )
  useEffect(() => {
    fetchPage([])
    return () => {
      newest.current += 1
    }
  }, [fetchPage])

  const failed = error === undefined ? 'loading' : 'failed'
  return {
    items: page.items,
    status: isBegun ? 'ready' : failed,
    error,
    hasMore: page.more,
    isBusy,
    next: () => fetchPage(page.items),
    reload: () => fetchPage([]),
    change: (change) => setPage((now) => ({ ...now, items: change(now.items) })),
  }
}
