import type { Account, ArchiveOptions, ArchiveRecord, RoomFacts } from '@parley/core'
import { general } from '@parley/core/store-rules'
import type { RoomId, UserId } from '@parley/protocol'
import { accountOf, findAccounts } from '../account-item.ts'
import { type BroadcastItem, broadcastOf } from '../broadcasts.ts'
import type { Context } from '../context.ts'
import { either, equal } from '../expression.ts'
import { accountKey, broadcastsPartition, factsKey, roomOfKey, userOfKey } from '../keys.ts'
import { members } from '../members.ts'
import { findRoom } from '../rooms.ts'
import { readMessages } from './read-messages.ts'

const pageSize = 100

const byId = (one: { readonly id: string }, other: { readonly id: string }): number => (one.id < other.id ? -1 : 1)

function* inPages<T>(list: readonly T[]): Generator<readonly T[]> {
  for (let start = 0; start < list.length; start += pageSize) yield list.slice(start, start + pageSize)
}

/** The users and rooms that there are, by id. No partition lists private rooms, so the whole table is gone through. */
const findAll = async ({ items }: Context): Promise<{ users: readonly UserId[]; rooms: readonly RoomId[] }> => {
  const users: UserId[] = []
  const rooms = new Set<RoomId>([general])
  const facts = factsKey(general).sk
  const account = accountKey('' as UserId).sk
  for await (const keys of items.keys(either(equal('sk', facts), equal('sk', account)))) {
    for (const key of keys) {
      if (key.sk === facts) rooms.add(roomOfKey(key))
      else users.push(userOfKey(key))
    }
  }
  return { users: users.sort(), rooms: [...rooms].sort() }
}

const userRecord = ({ passwordHash, ...account }: Account, passwords: boolean): ArchiveRecord => ({
  type: 'user',
  ...account,
  ...(passwords && passwordHash !== undefined && { passwordHash }),
})
const roomRecord = ({ with: people, bots, ...facts }: RoomFacts): ArchiveRecord => ({
  type: 'room',
  ...facts,
  ...(people && { with: [...people] }),
  ...(bots && { bots: [...bots] }),
})

async function* readMembers(context: Context, room: RoomId, known: ReadonlySet<UserId>): AsyncGenerator<ArchiveRecord> {
  for (let after: UserId | undefined; ; ) {
    const page = await members(context, room, { ...(after !== undefined && { after }), limit: pageSize })
    for (const member of page) if (known.has(member.user)) yield { type: 'member', ...member }
    if (page.length < pageSize) return
    after = page.at(-1)?.user
  }
}

/** Whether a room is spoken of by somebody who came after the users were read: then it is younger still. */
const isLate = async (
  context: Context,
  { createdBy, with: people = [] }: RoomFacts,
  known: ReadonlySet<UserId>,
): Promise<boolean> => {
  const unknown = [...people, ...(createdBy === undefined ? [] : [createdBy])].filter((user) => !known.has(user))
  return unknown.length > 0 && (await findAccounts(context, unknown)).length > 0
}

/**
 * All records. The users and rooms are those that were there at first: who came later may be spoken of by others that are
 * read later still, and is left out with them. Markers are read before messages, so none is ahead of them.
 */
export async function* readArchive(context: Context, { passwords }: ArchiveOptions): AsyncGenerator<ArchiveRecord> {
  const found = await findAll(context)
  const known = new Set<UserId>()
  for (const ids of inPages(found.users)) {
    for (const item of (await findAccounts(context, ids)).toSorted(byId)) {
      known.add(item.id)
      yield userRecord(accountOf(item), passwords)
    }
  }
  const rooms: RoomId[] = []
  for (const id of found.rooms) {
    const facts = await findRoom(context, id)
    if (!facts || (await isLate(context, facts, known))) continue
    rooms.push(id)
    yield roomRecord(facts)
  }
  for (const room of rooms) yield* readMembers(context, room, known)
  for (const room of rooms) yield* readMessages(context, room)
  for await (const page of context.items.pages<BroadcastItem>({ pk: broadcastsPartition })) {
    for (const item of page) yield { type: 'broadcast', ...broadcastOf(item) }
  }
}
