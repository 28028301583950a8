import type { ConnectionEntry } from '@parley/core'
import type { ConnectionId, UserId } from '@parley/protocol'
import type { LiveItem } from './connection-items.ts'
import type { Context } from './context.ts'
import { absent } from './expression.ts'
import type { Key } from './items.ts'
import { endedKey, liveKey, recordKey, recordPartitions, recordText } from './keys.ts'

interface RecordItem extends Key {
  readonly id: ConnectionId
  readonly user: UserId
  readonly dialect: string
  readonly connectedAt: string
  readonly disconnectedAt?: string
}

interface EndedItem extends Key {
  readonly connectedAt: string
}

export const noteStart = async (
  { items }: Context,
  id: ConnectionId,
  { user, dialect, connectedAt }: LiveItem,
): Promise<void> => {
  await items.put({ ...recordKey(connectedAt, id), id, user, dialect, connectedAt } as RecordItem)
}

/** Writes when a connection ended, unless that is known, and where its record will then be found by its id. */
export const noteEnd = async (
  { items }: Context,
  id: ConnectionId,
  { user, dialect, connectedAt }: LiveItem,
  disconnectedAt: string,
): Promise<void> => {
  const set = { id, user, dialect, connectedAt, disconnectedAt }
  await Promise.all([
    items.update(recordKey(connectedAt, id), { set }, absent('disconnectedAt')),
    items.put({ ...endedKey(id), connectedAt } as EndedItem),
  ])
}

const startOf = async ({ items }: Context, id: ConnectionId): Promise<string | undefined> => {
  const [one] = await items.getMany<LiveItem | EndedItem>([liveKey(id), endedKey(id)])
  return one?.connectedAt
}

const entryOf = ({ id, user, dialect, connectedAt, disconnectedAt }: RecordItem): ConnectionEntry => ({
  id,
  user,
  dialect,
  connectedAt,
  ...(disconnectedAt !== undefined && { disconnectedAt }),
})

/** Records, newest first: each partition has its own newest, of which the newest of all are taken. */
export const listRecords = async (
  context: Context,
  { after, limit }: { readonly after?: ConnectionId; readonly limit: number },
): Promise<readonly ConnectionEntry[]> => {
  const start = after === undefined ? undefined : await startOf(context, after)
  if (after !== undefined && start === undefined) return []
  const before = after !== undefined && start !== undefined ? { before: recordText(start, after) } : {}
  const pages = await Promise.all(
    recordPartitions.map((pk) => context.items.query<RecordItem>({ pk, ...before, descending: true, limit })),
  )
  return pages
    .flatMap(({ items }) => items)
    .sort((one, other) => (one.sk < other.sk ? 1 : -1))
    .slice(0, limit)
    .map(entryOf)
}
