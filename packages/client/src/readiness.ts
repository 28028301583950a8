import type { Self } from '@parley/protocol'
import type { ParleyError } from './errors.ts'

/** The promises of those who wait for the first welcome. */
export const createReadiness = () => {
  let waiting = Promise.withResolvers<Self>()
  const renew = (): void => {
    waiting = Promise.withResolvers<Self>()
    waiting.promise.catch(() => {})
  }
  renew()
  return {
    /** Need not be awaited. */
    next: (): Promise<Self> => waiting.promise,
    ready: (me: Self): void => waiting.resolve(me),
    failed(why: ParleyError): void {
      waiting.reject(why)
      renew()
    },
  }
}
