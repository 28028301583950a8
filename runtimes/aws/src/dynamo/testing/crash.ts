import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { type Call, intercept } from './intercept.ts'

/** What a process feels that dies. It is no failure of the storage, so nothing makes it one. */
export class Crash extends Error {}

export interface CrashPoint {
  /** The number of the request, from 1. */
  readonly at: number
  readonly when: 'before' | 'after'
}

/** Before and after each of so many requests. */
export const everyPoint = (calls: number): readonly CrashPoint[] =>
  Array.from({ length: calls }, (_, index) =>
    (['before', 'after'] as const).map((when) => ({ at: index + 1, when })),
  ).flat()

/** Lets the process behind a client die at one of its requests: from then on it sends none, until it is armed anew. */
export const crashable = (client: DynamoDBClient) => {
  let calls = 0
  let dead = false
  let point: CrashPoint | undefined
  intercept(client, async (_call, run) => {
    calls += 1
    const isLast = calls === point?.at
    if (dead || (isLast && point?.when === 'before')) {
      dead = true
      throw new Crash()
    }
    const [outcome] = await Promise.allSettled([run()])
    if (isLast) dead = true
    if (dead) throw new Crash()
    if (outcome.status === 'rejected') throw outcome.reason
    return outcome.value
  })
  return {
    /** Begins to count anew; undefined: it lives. */
    arm(next: CrashPoint | undefined) {
      calls = 0
      dead = false
      point = next
    },
    calls: () => calls,
  }
}

/** Lets the process behind a client die before the first request of a kind. */
export const dieBefore = (client: DynamoDBClient, isIt: (call: Call) => boolean): void => {
  let dead = false
  intercept(client, async (call, run) => {
    dead ||= isIt(call)
    if (dead) throw new Crash()
    return run()
  })
}
