import type { RoomId } from '@parley/protocol'
import type { Connection } from '../actor.ts'
import type { Answers, WireAnswer } from '../answer.ts'
import type { CommandOf, Relay, WireCommand } from '../command.ts'
import type { Event } from '../events.ts'
import type { Refusal } from '../refusal.ts'
import type { Target } from './connections.ts'

/** One frame, understood: what is asked for and the `ref` that its answer shall carry. */
export interface Request {
  readonly command: WireCommand | Relay
  readonly ref?: string
}

/** A frame that is more than one command, or none: what is done for it, and what its sender is told as an answer. */
export interface Deed {
  act(hands: Hands): Promise<WireAnswer | Refusal | undefined>
  readonly ref?: string
}

/** A frame that is not understood, with its ref if that much could be read. */
export interface Misread {
  readonly refusal: Refusal
  readonly ref?: string
}

/** What a connection and the others of its dialect know of each other. */
export interface Company {
  /** The connection, with the bag that it has now. */
  readonly self: Target
  /** All greeted connections of the dialect, in no order. */
  all(): Promise<readonly Target[]>
  /** Sends a frame to all of them, the connection itself included, or to one. */
  tell(frame: string, to?: Target): Promise<void>
}

/** What a connection of a dialect can do. */
export interface Hands extends Company {
  /** As the user of the connection. */
  execute<A extends DeedCommand['action']>(command: CommandOf<A>): Promise<Answers[A] | Refusal>
  /** Keeps a bag with the connection. */
  keep(bag: string): Promise<void>
}
type DeedCommand = Exclude<WireCommand, { action: 'hello' }> | Relay | CommandOf<'go-by'>

/** What goes for connections whose clients say no hello: they are greeted when they are opened. */
export interface Stay {
  /** What a connection hears besides what its user and everybody hears. */
  rooms(bag: string | undefined): readonly RoomId[]
  /** It hears from now on, and may be told so. */
  opened?(company: Company): Promise<void>
  /** It is no more. */
  closed?(company: Company): Promise<void>
}

/**
 * How one kind of client writes down what it wants and reads what happened. It keeps nothing and does no I/O but by the
 * hands that it is given. A frame it cannot read is a refusal; it never throws for a client's input.
 */
export interface Dialect {
  readonly name: string
  decode(frame: string, connection: Connection): Request | Deed | Misread
  /** The frame for who asked; undefined: nothing is said. */
  encodeAnswer(answer: WireAnswer, ref: string | undefined): string | undefined
  encodeRefusal(refusal: Refusal, ref: string | undefined, connection: Connection): string | undefined
  /** The frame for everybody whom the event is for; undefined: this dialect has no word for it. */
  encodeEvent(event: Event): string | undefined
  /** In its place where not all are told the same. */
  encodeEventFor?(event: Event, hearer: Target): string | undefined
  /** Left out where clients say hello. */
  readonly stay?: Stay
}
