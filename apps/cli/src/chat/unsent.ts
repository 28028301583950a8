import type { Client } from '@parley/client'
import { exitCodes, Failure } from '../failure.ts'
import { until } from '../until.ts'

/** How many messages wait to be sent, and how many failed. */
const unsent = ({ state }: Client): { readonly pending: number; readonly failed: number } => {
  const all = [...state.outbox.values()].flat()
  const failed = all.filter((outgoing) => outgoing.failed).length
  return { pending: all.length - failed, failed }
}

/** Whether nothing waits to be sent. */
export const isDelivered = (client: Client): boolean => unsent(client).pending === 0

const some = (count: number): string => (count === 1 ? 'One message' : `${count} messages`)

/** Whether the server knows what was read. */
const isMarked = ({ state }: Client): boolean => [...state.rooms.values()].every(({ wanted }) => wanted === 0)

/**
 * Waits, not for ever, until what was written and what was read is at the server.
 * @throws Failure something that was written is not
 */
export const deliver = async (client: Client, waitMs: number): Promise<void> => {
  await until(client, () => isDelivered(client) && isMarked(client), waitMs)
  const { pending, failed } = unsent(client)
  if (failed > 0) throw new Failure(`${some(failed)} could not be sent. The next chat shows what and why.`)
  if (pending === 0) return
  throw new Failure(`${some(pending)} could not be sent yet. The next chat sends what is kept.`, exitCodes.unreachable)
}
