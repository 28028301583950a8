import { askForDemo, freeAssistant } from './assistant.ts'
import type { BadNetwork } from './bad-network.ts'
import type { Violation } from './checks/record.ts'
import { gather } from './evidence.ts'
import { createJournal, type Journal } from './history.ts'
import { incidents } from './incidents.ts'
import { judge } from './judge.ts'
import { eventually, pause } from './patience.ts'
import type { Host } from './people.ts'
import { randomFrom } from './random.ts'
import type { Outcome } from './report.ts'
import { repeatSends, type Stage } from './stage.ts'

export interface VerifyOptions {
  /** The origin of the server. */
  readonly server: string
  /** Who runs it; undefined: guests alone. */
  readonly host: Host | undefined
  /** Decides who does what, and what befalls whom; when, the network and the server decide. */
  readonly seed: number
  readonly clients: number
  /** How many messages are said in all. */
  readonly messages: number
  /** After so long no more is said, in milliseconds. */
  readonly durationMs: number
  /** Kills the server and starts it again; resolves when it serves. */
  readonly restart?: (() => Promise<void>) | undefined
  readonly restarts: number
  /** How long what is late is waited for in the end, in milliseconds. */
  readonly patienceMs: number
  /** Leaves the rooms and the people as they are. */
  readonly keep: boolean
  /** Ends the play before its time: no more is said, and what was said is looked at. */
  readonly signal?: AbortSignal
  readonly tell: (line: string) => void
}

/** A play that is under way. */
export interface Play {
  readonly options: VerifyOptions
  readonly journal: Journal
  readonly network: BadNetwork
  readonly stage: Stage
  /** From 0 to 1. */
  progress(): number
}

/** Before this part of the play all connections break at once, and nothing befalls anybody after. */
const calmFrom = 0.8
const drainMs = 60_000

/** Does each thing at its time. */
const direct = async ({ options, progress }: Play, plan: readonly (readonly [number, () => Promise<unknown>])[]) => {
  let told = 0
  for (const [at, act] of [...plan].sort(([one], [other]) => one - other)) {
    for (; progress() < at; await pause(10)) {
      const tenth = Math.floor(progress() * 10)
      if (tenth > told) options.tell(`${tenth * 10} %`)
      told = Math.max(told, tenth)
    }
    // Who is in a hurry still needs a network on which all can be read in the end.
    if (!options.signal?.aborted || at === calmFrom) await act()
  }
}

/** Has everybody act until all is said, and waits until nothing is under way any more. */
export const perform = async (play: Play): Promise<void> => {
  const { options, journal, network, stage, progress } = play
  const { host, restart, restarts, seed, tell } = options
  const goesOn = (): boolean => progress() < 1
  const restartOnce = async (): Promise<void> => {
    tell('restarting the server')
    journal.note({ kind: 'fault', who: 'verify', what: 'restart' })
    await restart?.()
  }
  const events = incidents(stage, journal, host)
  const plan = [
    ...Array.from(
      { length: restart ? restarts : 0 },
      (_, index) => [((index + 1) * 0.7) / (restarts + 1), restartOnce] as const,
    ),
    ...events.map((event, index) => [0.3 + (index * 0.4) / events.length, event] as const),
    [
      calmFrom,
      async () => {
        network.cutAll()
        network.calm()
      },
    ] as const,
  ]
  const random = randomFrom(seed, 'witness')
  const repeating = async (): Promise<void> => {
    for (let number = 1; goesOn(); number += 1) {
      await repeatSends(stage, journal, number).catch(() => {})
      await pause(50 + 200 * random())
    }
  }
  await Promise.all([
    ...stage.players.map((player) => player.play(goesOn)),
    stage.bot?.play(goesOn),
    repeating(),
    direct(play, plan),
  ])
  await eventually(() => stage.players.every((player) => player.isDone()) && (stage.bot?.isDone() ?? true), drainMs)
}

/** Reads everything again until all is as it should be, or cannot become so any more, or the patience is over. */
export const settle = async ({ options, journal, stage }: Play): Promise<Outcome> => {
  const began = performance.now()
  let before: readonly Violation[] = []
  for (let waitMs = 50; ; waitMs = Math.min(2_000, waitMs * 2)) {
    const evidence = createJournal(journal.began)
    for (const { client } of stage.players) client.wake()
    await pause(waitMs)
    await gather(stage, evidence)
    const entries = [...journal.entries, ...evidence.entries]
    const violations = judge(entries)
    // What is not late is found again at once, unless something changed between two readings.
    const isSure = violations.some(({ key, isLate }) => !isLate && before.some((one) => one.key === key))
    const isOver = performance.now() - began > options.patienceMs
    if (violations.length === 0 || isOver || isSure) return { violations, entries }
    before = violations
  }
}

/** Who speaks bit by bit, and how to wait for it. */
export const prepareReplies = async ({ journal, stage }: Play) => {
  if (stage.bot) return { unchecked: [], ended: async () => true }
  const assistant = await freeAssistant(stage.witness)
  if (!assistant) {
    return {
      unchecked: ['replies of bots: only an admin may make one, and no assistant is there that costs nothing'],
      ended: async () => true,
    }
  }
  return { unchecked: [], ended: await askForDemo(stage, journal, assistant) }
}
