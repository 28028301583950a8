import type { FakeServer } from '@parley/bot/testing'
import type { Client } from './client.ts'
import type { Usage } from './usage.ts'

/** Somebody who has signed in. */
export interface Person {
  readonly token: string
  readonly user: { readonly id: string; readonly name: string }
}

/** A stack that runs, and what measures it. */
export interface Stage {
  readonly url: string
  readonly model: FakeServer
  /** Counts what an act and all that follows from it uses; `enough` says what must have been used for it to be over. What has no name is not kept. */
  of<T>(name: string, act: () => Promise<T>, enough?: (used: Usage) => boolean): Promise<T>
  /** Waits until so much more has been used, whatever is still being done. */
  until(enough: (before: Usage) => (now: Usage) => boolean): Promise<void>
  /** Lets a second pass for who makes an answer. */
  second(): void
  /** Lets a minute pass for the rest. */
  minute(): void
  guest(): Promise<Person>
  login(name: string, role: 'owner' | 'member'): Promise<Person>
  /** A socket that has said hello. */
  connect(person: Person): Promise<Client>
}
