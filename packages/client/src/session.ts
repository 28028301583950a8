import type { Self } from '@parley/protocol'
import type { Api } from './api.ts'
import { backOffMs } from './back-off.ts'
import type { Edges } from './edges.ts'
import { asParleyError, ParleyError } from './errors.ts'

/** What signing in gives. Keep it to come back later without signing in: the newest one, see the event `session`. */
export interface Session {
  readonly token: string
  /** When the token ends, ISO 8601; the session lasts longer. Left out: renewed when the server refuses it. */
  readonly expiresAt?: string
  readonly user?: Self
}

/** Keeps a session alive: hands out tokens that are good, and renews them in time. */
export interface SessionKeeper {
  /** Takes a session, or the one it has, and renews it from now on before it ends. Answers whose it is, if it says so. */
  begin(session?: Session): Self | undefined
  /** Does something with the token; if it is refused, once more with a new one. @throws ParleyError */
  withToken<T>(act: (token: string) => Promise<T>): Promise<T>
}

interface Options extends Pick<Edges, 'clock' | 'random'> {
  readonly api: Api
  readonly first: Session | undefined
  readonly renewed: (session: Session) => void
  /** The session is over: `signed_out`, or `forbidden` to who is banned. */
  readonly ended: (reason: ParleyError) => void
}

/** Between two renewals, also if this machine's clock is wrong. */
const leastMs = 10 * 60_000
/** Between two renewals at most a look at the time: timers that are longer end at once. */
const longestMs = 20 * 24 * 60 * 60_000
/** A token that ends so soon is not used any more. */
const marginMs = 30_000

const ending = (error: ParleyError): ParleyError =>
  error.code === 'unauthorized' ? new ParleyError('signed_out', error.message, null, error) : error

export const createSessionKeeper = ({ api, first, clock, random, renewed, ended }: Options): SessionKeeper => {
  let session = first
  let renewing: Promise<Session> | undefined
  let attempt = 0
  let callOff = () => {}

  const lifeMs = ({ expiresAt }: Session): number | undefined =>
    expiresAt === undefined ? undefined : Date.parse(expiresAt) - clock.now()

  const plan = (afterMs: number): void => {
    callOff()
    callOff = clock.after(afterMs, () => {
      renew().catch(() => {})
    })
  }
  /** At a random moment of the last third of its life, as far as a timer reaches. */
  const planNext = (kept: Session): void => {
    const life = lifeMs(kept)
    if (life === undefined) return
    const waitMs = Math.max(leastMs, life * (0.67 + 0.23 * random()))
    if (waitMs <= longestMs) plan(waitMs)
    else {
      callOff()
      callOff = clock.after(longestMs, () => planNext(kept))
    }
  }
  const keep = (next: Session): void => {
    session = next
    attempt = 0
    planNext(next)
  }
  const renewOnce = async (old: Session): Promise<Session> => {
    try {
      const next = await api('POST /api/renew', { token: old.token })
      if (session === old) {
        keep(next)
        renewed(next)
      }
      return next
    } catch (thrown) {
      const error = ending(asParleyError(thrown))
      if (error.code === 'signed_out' || error.code === 'forbidden') {
        if (session === old) ended(error)
      } else if (session === old) {
        plan((error.retry ?? 0) * 1000 + backOffMs(attempt + 5, random))
        attempt += 1
      }
      throw error
    } finally {
      renewing = undefined
    }
  }
  const renew = (): Promise<Session> => {
    if (!session) return Promise.reject(new ParleyError('signed_out', 'Sign in first.'))
    renewing ??= renewOnce(session)
    return renewing
  }
  return {
    begin(next = session) {
      if (next) keep(next)
      return next?.user
    },
    async withToken(act) {
      if (!session) throw new ParleyError('signed_out', 'Sign in first.')
      const isOld = (lifeMs(session) ?? marginMs + 1) <= marginMs
      if (!isOld) {
        try {
          return await act(session.token)
        } catch (error) {
          if (asParleyError(error).code !== 'unauthorized') throw error
        }
      }
      const { token } = await renew()
      return await act(token).catch((error: unknown) => {
        throw ending(asParleyError(error))
      })
    },
  }
}
