import type { Down, DownType } from '@parley/protocol'

/** How a connection ended. */
export interface Closing {
  readonly code: number
  readonly reason: string
}

type Match<T extends DownType> = (frame: Down<T>) => boolean

interface Waiter {
  readonly what: string
  readonly fits: (frame: Down) => boolean
  readonly resolve: (frame: Down) => void
  readonly reject: (error: Error) => void
}

/** What a client was told and has not looked at yet. */
export interface Inbox {
  /** Takes the first frame of this type that fits, or waits for one. Fails when none comes in time, or the end. */
  heard<T extends DownType>(type: T, match?: Match<T>, withinMs?: number): Promise<Down<T>>
  /** The frames of this type that fit and that nobody has taken. */
  waiting<T extends DownType>(type: T, match?: Match<T>): readonly Down<T>[]
  /** All frames that nobody has taken, in the order in which they came. */
  all(): readonly Down[]
  /** Forgets what nobody has taken. */
  clear(): void
  /** Waits for the answer with this `ref`; to be called before it is asked for. `what` is said when none comes. */
  answer(ref: string, what: string): Promise<Down>
  /** What was wrong with anything that came. */
  readonly faults: readonly Error[]
}

interface OpenInbox extends Inbox {
  put(frame: Down): void
  /** Takes an error that does not say what it is about: the oldest question that is not answered. */
  blame(error: Down<'error'>): void
  fail(error: Error): void
  end(closing: Closing): void
}

const waitMs = 15_000
const summary = (frame: Down): string => JSON.stringify(frame).slice(0, 200)

/**
 * Keeps what comes in until somebody asks for it. Answers go to who has asked, by their `ref`; unless `anyRef`, an answer
 * that nobody has asked for is a fault.
 */
export const inbox = (anyRef: boolean): OpenInbox => {
  let frames: Down[] = []
  const waiters = new Set<Waiter>()
  const answers = new Map<string, Waiter>()
  const faults: Error[] = []
  let ended: Closing | undefined

  const rejectAll = (error: Error): void => {
    for (const waiter of [...waiters, ...answers.values()]) waiter.reject(error)
  }
  const fail = (error: Error): void => {
    faults.push(error)
    rejectAll(error)
  }
  const wait = (what: string, fits: Waiter['fits'], withinMs: number, place: (waiter: Waiter) => () => void) =>
    new Promise<Down>((resolve, reject) => {
      if (faults[0]) return reject(faults[0])
      const settle = (done: () => void): void => {
        clearTimeout(timer)
        leave()
        done()
      }
      const leave = place({
        what,
        fits,
        resolve: (frame) => settle(() => resolve(frame)),
        reject: (error) => settle(() => reject(error)),
      })
      const timer = setTimeout(() => {
        const told = frames.map(summary).join('\n')
        settle(() => reject(new Error(`${what}: nothing within ${withinMs} ms. Told in the meantime:\n${told}`)))
      }, withinMs)
    })
  const over = (what: string): Error | undefined =>
    ended && new Error(`${what}: the connection was closed with ${ended.code} ${ended.reason}`)

  const put: OpenInbox['put'] = (frame) => {
    const ref = 'ref' in frame ? frame.ref : undefined
    if (ref !== undefined) {
      const asker = answers.get(ref)
      if (asker) return asker.resolve(frame)
      if (!anyRef) return fail(new Error(`an answer came that was not asked for, or twice: ${summary(frame)}`))
    }
    for (const waiter of waiters) if (waiter.fits(frame)) return waiter.resolve(frame)
    frames.push(frame)
  }

  return {
    faults,
    put,
    blame: (error) => {
      const [oldest] = answers.keys()
      put(oldest === undefined ? error : { ...error, ref: oldest })
    },
    answer: async (ref, what) => {
      const late = over(what)
      if (late) throw late
      return wait(
        what,
        () => true,
        waitMs,
        (waiter) => {
          answers.set(ref, waiter)
          return () => answers.delete(ref)
        },
      )
    },
    heard: async <T extends DownType>(type: T, match: Match<T> = () => true, withinMs = waitMs) => {
      const fits = (frame: Down): boolean => frame.type === type && match(frame as Down<T>)
      const found = frames.findIndex(fits)
      if (found >= 0) return frames.splice(found, 1)[0] as Down<T>
      const late = over(type)
      if (late) throw late
      const frame = await wait(`a frame ${type}`, fits, withinMs, (waiter) => {
        waiters.add(waiter)
        return () => waiters.delete(waiter)
      })
      return frame as Down<T>
    },
    waiting: <T extends DownType>(type: T, match: Match<T> = () => true) =>
      frames.filter((frame): frame is Down<T> => frame.type === type && match(frame as Down<T>)),
    all: () => frames,
    clear: () => {
      frames = []
    },
    fail,
    end: (closing) => {
      ended = closing
      rejectAll(new Error(`the connection was closed with ${closing.code} ${closing.reason}`))
    },
  }
}
