import type { Call } from './faults.ts'

/** Who is told of all that AWS would bill, as it happens. */
export interface Meter {
  /** A function begins to work on an event; what is returned is called when it has ended, with its answer if it has one. */
  invoked(id: string, event: unknown): (answer: unknown) => void
  /** A frame is posted to a connection; undefined: the connection is ended. */
  posted(frame: string | undefined): void
  /** A function asks a service. */
  called(call: Call): void
  /** The clock's rule has put a message into a queue. */
  ticked(): void
  /** DynamoDB has read or written, in its units. */
  stored(units: { readonly reads: number } | { readonly writes: number }): void
}

type Invoke = (id: string, event: unknown) => Promise<unknown>

/** The same functions, of which the meter is told. */
export const meteredInvoke =
  (invoke: Invoke, meter: Meter | undefined): Invoke =>
  async (id, event) => {
    const ended = meter?.invoked(id, event)
    let answer: unknown
    try {
      answer = await invoke(id, event)
      return answer
    } finally {
      ended?.(answer)
    }
  }
