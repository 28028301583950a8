import type { Client } from '@parley/client'
import { useClient } from '@parley/client/react'
import { useEffect, useState } from 'react'

/** What the server was asked: under way, answered, or not to be had. */
export type Asked<T> =
  | { readonly status: 'loading' }
  | { readonly status: 'failed'; readonly error: unknown }
  | { readonly status: 'ready'; readonly value: T }

export interface Asking<T> {
  readonly asked: Asked<T>
  /** Asks once more; what is shown stays until the answer is there. */
  readonly again: () => void
}

const loading = { status: 'loading' } as const

/**
 * Asks the server when the page is opened.
 * @param ask must be the same function from render to render; another one is asked anew
 */
export const useAsked = <T>(ask: (client: Client) => Promise<T>): Asking<T> => {
  const client = useClient()
  const [asked, setAsked] = useState<Asked<T>>(loading)
  const [attempt, setAttempt] = useState(0)
  // biome-ignore lint/correctness/useExhaustiveDependencies: each attempt asks
  useEffect(() => {
    let isCurrent = true
    const show = (next: Asked<T>): void => {
      if (isCurrent) setAsked(next)
    }
    ask(client).then(
      (value) => show({ status: 'ready', value }),
      (error: unknown) => show({ status: 'failed', error }),
    )
    return () => {
      isCurrent = false
    }
  }, [client, ask, attempt])
  const again = (): void => {
    if (asked.status === 'failed') setAsked(loading)
    setAttempt(attempt + 1)
  }
  return { asked, again }
}
