import type { Connection } from '../actor.ts'
import type { WireAnswer } from '../answer.ts'
import type { WireCommand } from '../command.ts'
import type { Event } from '../events.ts'
import type { Refusal } from '../refusal.ts'

/** One frame, understood: what is asked for and the `ref` that its answer shall carry. */
export interface Request {
  readonly command: WireCommand
  readonly ref?: string
}

/**
 * How one kind of client writes down what it wants and reads what happened. Pure: it keeps nothing and does no I/O.
 * A frame it cannot read is a refusal, with the ref if that much could be read; it never throws for a client's input.
 */
export interface Dialect {
  readonly name: string
  decode(frame: string, connection: Connection): Request | { readonly refusal: Refusal; readonly ref?: string }
  /** The frame for who asked; undefined: nothing is said. */
  encodeAnswer(answer: WireAnswer, ref: string | undefined): string | undefined
  encodeRefusal(refusal: Refusal, ref: string | undefined): string | undefined
  /** The frame for everybody whom the event is for; undefined: this dialect has no word for it. */
  encodeEvent(event: Event): string | undefined
}
