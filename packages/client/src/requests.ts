import type { Action } from '@parley/protocol'
import type { Clock } from './edges.ts'
import { asParleyError, type ParleyError, timedOut } from './errors.ts'
import type { Link } from './link.ts'
import type { Answer, Ask } from './wire.ts'

/** Asks over whatever link there is, or will be soon. */
export interface Requests {
  /**
   * @throws ParleyError what the server refused; `timeout` when it was not reached or did not answer;
   * `disconnected` when the connection ended before the answer and a repeat could do harm; the reason of the end
   */
  ask<A extends Action>(what: Ask<A>): Promise<Answer<A>>
  /** A link is there. */
  proceed(link: Link): void
  /** There will be no link. */
  giveUp(why: ParleyError): void
}

/** How long one waits for a link. */
const linkMs = 20_000

/** Saying these again, when it is not known whether they were done, may do what nobody wants. */
const unrepeatable: readonly Action[] = ['create', 'remove', 'broadcast', 'typing', 'retry', 'catchup']

interface Options {
  readonly clock: Clock
  readonly link: () => Link | undefined
  /** Why there is no link and none to be waited for. */
  readonly noLink: () => ParleyError | undefined
}

export const createRequests = ({ clock, link, noLink }: Options): Requests => {
  const waiting = new Set<{ proceed: (link: Link) => void; giveUp: (why: ParleyError) => void }>()

  const nextLink = (): Promise<Link> =>
    new Promise((resolve, reject) => {
      const why = noLink()
      if (why) return reject(why)
      const leave = () => {
        callOff()
        waiting.delete(one)
      }
      const one = {
        proceed: (next: Link) => {
          leave()
          resolve(next)
        },
        giveUp: (reason: ParleyError) => {
          leave()
          reject(reason)
        },
      }
      const callOff = clock.after(linkMs, () => one.giveUp(timedOut()))
      waiting.add(one)
    })

  return {
    async ask(what) {
      for (;;) {
        const there = link() ?? (await nextLink())
        try {
          return await there.ask(what)
        } catch (thrown) {
          const error = asParleyError(thrown)
          if (error.code !== 'disconnected' || unrepeatable.includes((what as Ask).action)) throw error
        }
      }
    },
    proceed(next) {
      for (const one of [...waiting]) one.proceed(next)
    },
    giveUp(why) {
      for (const one of [...waiting]) one.giveUp(why)
    },
  }
}
