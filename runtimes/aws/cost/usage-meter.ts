import type { Meter } from '../emulator/meter.ts'
import { nothing, plus, type Usage } from './usage.ts'

/** A meter that adds up. */
export interface UsageMeter extends Meter {
  /** All that was used so far. */
  readonly total: () => Usage
  /** Resolves when nothing runs, nothing waits in a queue, and what was used is enough. */
  quiet(enough?: (total: Usage) => boolean): Promise<void>
  /** Resolves when what was used is enough. */
  until(enough: (total: Usage) => boolean): Promise<void>
}

const kilobyte = 1024
const pieces = (text: string | undefined, size: number): number =>
  Math.max(Math.ceil(Buffer.byteLength(text ?? '') / size), 1)

/** An event, as far as it says what is billed besides the function. */
interface Event {
  readonly requestContext?: { readonly eventType?: 'CONNECT' | 'MESSAGE' | 'DISCONNECT' }
  readonly type?: string
  readonly version?: string
  readonly body?: string
  readonly Records?: readonly unknown[]
}

const billedFor = ({ requestContext, type, version, body, Records }: Event): Partial<Usage> => {
  if (Records) return { queue: 2 }
  if (version === '2.0') return { requests: pieces(body, 512 * kilobyte) }
  if (requestContext?.eventType === 'MESSAGE') return { messages: pieces(body, 32 * kilobyte) }
  // The authorizer is asked about the same opening.
  return requestContext?.eventType === 'CONNECT' && type === undefined ? { messages: 1 } : {}
}

export const usageMeter = (): UsageMeter => {
  let total = nothing
  let running = 0
  let queued = 0
  const waiting = new Set<() => void>()
  const changed = (): void => {
    for (const look of waiting) look()
  }
  const add = (more: Partial<Usage>): void => {
    total = plus(total, { ...nothing, ...more })
    changed()
  }
  const until = (holds: () => boolean): Promise<void> =>
    new Promise((resolve) => {
      const look = (): void => {
        if (!holds()) return
        waiting.delete(look)
        resolve()
      }
      waiting.add(look)
      look()
    })
  return {
    total: () => total,
    invoked: (id, event) => {
      const told = event as Event
      running += 1
      add({ ...billedFor(told), functions: { [id.replace(/Function[0-9A-F]*$/, '')]: 1 } })
      return (answer) => {
        running -= 1
        queued -= told.Records?.length ?? 0
        const { body } = (answer ?? {}) as { readonly body?: string }
        if (told.requestContext?.eventType === 'MESSAGE' && body) add({ messages: pieces(body, 32 * kilobyte) })
        changed()
      }
    },
    posted: (frame) => add(frame === undefined ? {} : { posts: 1, messages: pieces(frame, 32 * kilobyte) }),
    called: ({ service }) => {
      if (service === 'sns') {
        queued += 1
        add({ topic: 1 })
      }
      if (service === 'sqs') add({ queue: 1 })
    },
    ticked: () => {
      queued += 1
      add({ queue: 1 })
    },
    stored: (units) => add(units),
    quiet: (enough = () => true) => until(() => running === 0 && queued === 0 && enough(total)),
    until: (enough) => until(() => enough(total)),
  }
}
