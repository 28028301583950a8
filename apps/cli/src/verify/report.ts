import type { BadNetwork } from './bad-network.ts'
import type { Violation } from './checks/record.ts'
import type { Entry, Journal } from './history.ts'
import type { Casting } from './people.ts'
import { shrink } from './shrink.ts'
import { historyLines } from './words.ts'

/** What was found. */
export interface Report {
  readonly server: string
  readonly seed: number
  readonly as: Casting['kind']
  readonly clients: number
  readonly seconds: number
  /** Sends that were answered, and everything that was asked for and answered. */
  readonly messages: number
  readonly changes: number
  readonly unanswered: number
  readonly frames: number
  readonly restarts: number
  readonly faults: Readonly<Record<string, number>>
  readonly violations: readonly Violation[]
  /** The shortest history that shows the first of them. */
  readonly history: readonly string[]
  readonly unchecked: readonly string[]
  readonly remains: readonly string[]
}

/** What a play has come to. */
export interface Outcome {
  readonly violations: readonly Violation[]
  /** All that happened, and what was read in the end. */
  readonly entries: readonly Entry[]
}

/** The figures of a play, and what is wrong. */
export const figures = (
  { violations, entries }: Outcome,
  { journal, network }: { readonly journal: Journal; readonly network: BadNetwork },
): Pick<
  Report,
  'messages' | 'changes' | 'unanswered' | 'frames' | 'restarts' | 'faults' | 'violations' | 'history'
> => {
  const answered = new Set(journal.entries.flatMap((entry) => (entry.kind === 'answered' ? [entry.act] : [])))
  const acts = journal.entries.flatMap((entry) => (entry.kind === 'act' ? [entry] : []))
  const [first] = violations
  return {
    messages: acts.filter(({ act, verb }) => verb === 'send' && answered.has(act)).length,
    changes: answered.size,
    unanswered: acts.filter(({ act }) => !answered.has(act)).length,
    frames: journal.entries.filter(({ kind }) => kind === 'heard').length,
    restarts: journal.entries.filter((entry) => entry.kind === 'fault' && entry.what === 'restart').length,
    faults: Object.fromEntries(network.faults),
    violations,
    history: first ? historyLines(shrink(entries, first)) : [],
  }
}
