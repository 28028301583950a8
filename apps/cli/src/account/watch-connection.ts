import { type Client, ParleyError } from '@parley/client'

/** Watches a connection until it is given up. */
export interface Watch {
  /** Rejects with the reason when there was no connection for too long, or when there will be none. */
  readonly lost: Promise<never>
  end(): void
}

/** @param patienceMs how long one waits for a lost connection; left out: for ever */
export const watchConnection = (client: Client, patienceMs?: number): Watch => {
  const { promise, reject } = Promise.withResolvers<never>()
  promise.catch(() => {})
  let timer: NodeJS.Timeout | undefined
  let latest = new ParleyError('timeout', 'The connection was lost.')
  const forget = client.on('connection', (now) => {
    if (now.status === 'ended') reject(now.reason)
    if (now.status === 'waiting') latest = now.reason
    if (now.status === 'online') {
      clearTimeout(timer)
      timer = undefined
    } else if (patienceMs !== undefined) {
      timer ??= setTimeout(() => reject(latest), patienceMs)
    }
  })
  return {
    lost: promise,
    end() {
      clearTimeout(timer)
      forget()
    },
  }
}
