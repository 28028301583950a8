import type { Client } from '@parley/client'

/** Waits until something holds in a client's state; answers whether it does, or the time was over before. */
export const until = (client: Pick<Client, 'subscribe'>, holds: () => boolean, withinMs: number): Promise<boolean> =>
  new Promise((resolve) => {
    const end = (result: boolean): void => {
      clearTimeout(timer)
      unsubscribe()
      resolve(result)
    }
    const timer = setTimeout(() => end(false), withinMs)
    const unsubscribe = client.subscribe(() => {
      if (holds()) end(true)
    })
    if (holds()) end(true)
  })
