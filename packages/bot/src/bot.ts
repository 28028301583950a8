import type { Chat, Job, Log } from '@parley/core'
import type { Catalogue } from './catalogue.ts'
import { catchUp } from './catch-up-job.ts'
import { reply } from './reply-job.ts'
import type { Timers } from './timers.ts'

/** What the bots of a server work with. */
export interface BotOptions {
  readonly chat: Pick<Chat, 'execute'>
  readonly catalogue: Catalogue
  readonly timers: Timers
  readonly log: Log
  /** A reply grows so often a second at most: 10 when left out. */
  readonly framesPerSecond?: number | undefined
}

/** How a job came out: it is done, or somebody else has it, who may die: to be looked at again then (ISO 8601). */
export type Worked = 'done' | { readonly until: string }

/** The bots of a server: one more consumer of the engine, that speaks through `execute`. */
export interface Bot {
  /**
   * Does a job, however long it takes; the same one again does no harm. When the signal is aborted it leaves at once what
   * it does, which is then to be given to it again.
   * @throws when the engine does not answer: the job is to be given to it again
   */
  work(job: Job, signal: AbortSignal): Promise<Worked>
}

/** Makes the bots of a server. They keep nothing between two jobs. */
export const createBot = (options: BotOptions): Bot => ({
  work: (job, signal) => (job.kind === 'reply' ? reply(options, job, signal) : catchUp(options, job, signal)),
})
