import type { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { type Call, intercept } from './intercept.ts'

/** Stops the first request that it is made for, until it is told to let it go. */
export interface Gate {
  /** When the request has come and waits. */
  readonly reached: Promise<void>
  open(): void
}

/** Puts a gate before a request of a client; all others pass. */
export const gateBefore = (client: DynamoDBClient, isIt: (call: Call) => boolean): Gate => {
  const reached = Promise.withResolvers<void>()
  const opened = Promise.withResolvers<void>()
  let waited = false
  intercept(client, async (call, run) => {
    if (!waited && isIt(call)) {
      waited = true
      reached.resolve()
      await opened.promise
    }
    return run()
  })
  return { reached: reached.promise, open: () => opened.resolve() }
}

/** When the first request of this kind has been answered. */
export const finished = (client: DynamoDBClient, isIt: (call: Call) => boolean): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<void>()
  intercept(client, async (call, run) => {
    const result = await run()
    if (isIt(call)) resolve()
    return result
  })
  return promise
}

/** Whether a request is of this name and has this in its text. */
export const asks =
  (name: string, about: string) =>
  (call: Call): boolean =>
    call.name === name && JSON.stringify(call.input).includes(about)
