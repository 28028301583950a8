import type { Actor } from './actor.ts'
import type { Answers } from './answer.ts'
import type { Command, CommandOf } from './command.ts'
import type { Event } from './events.ts'
import type { Job } from './ports/jobs.ts'
import type { Ports } from './ports/ports.ts'
import type { Refusal } from './refusal.ts'

/** What a command did: what to tell who asked, and what to tell everybody else. It is stored by now. */
export interface Done<Answer> {
  readonly answer: Answer
  readonly events?: readonly Event[]
  /** Whether the asking connection is told the events as well: its answer says nothing of them. */
  readonly tellsAsker?: boolean
  readonly jobs?: readonly Job[]
}

export type Outcome<A extends Command['action']> = Promise<Done<Answers[A]> | Refusal>

/** One verb: checks, then stores, then says what is to be told. It sends nothing. */
export type Execute<A extends Command['action']> = (ports: Ports, actor: Actor, command: CommandOf<A>) => Outcome<A>
