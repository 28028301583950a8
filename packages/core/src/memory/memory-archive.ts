import type { MessageId, RoomId } from '@parley/protocol'
import type { ArchiveRecord } from '../archive/records.ts'
import { importedStream, otherVariants } from '../archive/replies.ts'
import { type Archive, type ArchiveOptions, NotEmpty, RecordRefused } from '../ports/archive.ts'
import type { Account, Variant } from '../ports/records.ts'
import { general } from '../store-rules.ts'
import { type MemoryData, memoryData } from './memory-data.ts'
import { type MemoryRoom, memoryRoom } from './memory-room.ts'

const by =
  <T>(key: (one: T) => string) =>
  (one: T, other: T): number =>
    key(one) < key(other) ? -1 : 1

const isEmpty = ({ users, rooms, broadcasts }: MemoryData): boolean =>
  users.size === 0 && rooms.size === 1 && rooms.get(general)?.rev() === 0 && broadcasts.size === 0

const userRecord = ({ passwordHash, ...user }: Account, passwords: boolean): ArchiveRecord => ({
  type: 'user',
  ...user,
  ...(passwords && passwordHash !== undefined && { passwordHash }),
})

const variantsOf = ({ variants }: MemoryRoom, id: MessageId): readonly Variant[] =>
  [...variants].flatMap(([key, variant]) => (key.startsWith(`${id} `) ? variant : []))

/** Everything, as it is at this moment. */
const snapshot = (
  { users, rooms, broadcasts }: MemoryData,
  { passwords }: ArchiveOptions,
): readonly ArchiveRecord[] => {
  const sorted = [...rooms.values()].sort(by(({ facts }) => facts.id))
  return [
    ...[...users.values()].sort(by(({ id }) => id)).map((user) => userRecord(user, passwords)),
    ...sorted.map(({ facts }) => ({ type: 'room' as const, ...facts })),
    ...sorted.flatMap(({ members }) =>
      [...members.values()].sort(by(({ user }) => user)).map((member) => ({ type: 'member' as const, ...member })),
    ),
    ...sorted.flatMap((room) =>
      room.kept().map(({ message, stream: _stream, ...rest }) => ({
        type: 'message' as const,
        ...message,
        ...otherVariants(message, variantsOf(room, message.id)),
        ...rest,
      })),
    ),
    ...[...broadcasts.values()]
      .sort(by(({ at, id }) => `${at}\n${id}`))
      .map((broadcast) => ({ type: 'broadcast' as const, ...broadcast })),
  ]
}

/** @returns whether there is nothing yet that is the same */
const keep = (data: MemoryData, record: ArchiveRecord): boolean => {
  if (record.type === 'user') {
    const { type: _type, ...account } = record
    data.users.set(account.id, account)
  } else if (record.type === 'room') {
    const { type: _type, ...facts } = record
    data.rooms.set(facts.id, memoryRoom(facts))
  } else if (record.type === 'member') {
    const { type: _type, ...member } = record
    data.rooms.get(member.room)?.members.set(member.user, member)
  } else if (record.type === 'message') {
    const { type: _type, origin, bag, others = [], ...message } = record
    const room = data.rooms.get(message.room)
    for (const variant of others) room?.variants.set(`${message.id} ${variant.index}`, variant)
    const rest = { ...(origin !== undefined && { origin }), ...(bag !== undefined && { bag }) }
    return room?.keep({ message, ...rest, ...importedStream(message) }) ?? false
  } else {
    const { type: _type, ...broadcast } = record
    data.broadcasts.set(broadcast.id, broadcast)
  }
  return true
}

/** The {@link Archive} of what a `memoryStore` of the same data holds. */
export const memoryArchive = (data: MemoryData): Archive => ({
  async *read(options) {
    yield* snapshot(data, options)
  },
  async write(records) {
    if (!isEmpty(data)) throw new NotEmpty('The store')
    const next = memoryData()
    let index = 0
    for await (const record of records) {
      if (!keep(next, record)) throw new RecordRefused(index, 'a message of this id is in the room already')
      index += 1
    }
    for (const [id, user] of next.users) data.users.set(id, user)
    for (const [id, room] of next.rooms) data.rooms.set(id as RoomId, room)
    for (const [id, broadcast] of next.broadcasts) data.broadcasts.set(id, broadcast)
  },
})
