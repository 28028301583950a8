import type { Message, RoomId, UserId } from '@parley/protocol'
import type { Context } from './context.ts'
import { both, type Condition, equal } from './expression.ts'
import type { Key } from './items.ts'
import { hintedRoom, hintRange, logKey, logRange, roomPartition, userPartition } from './keys.ts'
import { type Entry, isPatch, type MessageEntry } from './log-entry.ts'
import { lookAt } from './look.ts'
import { asTheyStand } from './patch.ts'

/** Queries that one room may cost; each looks at four times as many entries as the one before, up to DynamoDB's 1 MB. */
const queriesMax = 6
const entriesFirst = 100

const timeOf = (entry: Entry): string => (isPatch(entry) ? entry.newestAt : entry.at)

/** The rooms that the user is or was in, or has spoken in. */
const roomsOf = async ({ items }: Context, user: UserId): Promise<readonly RoomId[]> => {
  const rooms: RoomId[] = []
  for await (const hints of items.pages<Key>({ pk: userPartition(user), between: hintRange })) {
    rooms.push(...hints.map(hintedRoom))
  }
  return rooms
}

/** The last rev of the log that is not later than a time. Times rise along the log, so halving finds it. */
const revAt = async ({ items }: Context, room: RoomId, end: number, until: string): Promise<number> => {
  let low = 0
  let high = end
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    const entry = await items.get<Entry>(logKey(room, middle))
    if (entry && timeOf(entry) <= until) low = middle
    else high = middle - 1
  }
  return low
}

const isFrom =
  (user: UserId): Condition =>
  ({ name, value }) =>
    `${name('from')}.${name('id')} = ${value(user)}`

/** Goes back through the log of one room, from the end of the time asked for to its beginning. */
const latestIn = async (
  context: Context,
  room: RoomId,
  by: { readonly user: UserId; readonly origin: string },
  from: string,
  until: string,
): Promise<Message | undefined> => {
  const { items } = context
  const { head } = await lookAt(context, room)
  if (head.newestAt === undefined || head.newestAt < from) return undefined
  let to = head.newestAt <= until ? head.rev : await revAt(context, room, head.rev, until)
  for (let queries = 0; to >= 1 && queries < queriesMax; queries += 1) {
    const { items: found, next } = await items.query<MessageEntry>({
      pk: roomPartition(room),
      between: logRange(1, to),
      descending: true,
      limit: entriesFirst * 4 ** queries,
      where: both(equal('origin', by.origin), isFrom(by.user)),
    })
    const entry = found[0]
    if (entry) return entry.at < from ? undefined : (await asTheyStand(context, room, [entry], head.patch))[0]?.message
    const reached = next && (await items.get<Entry>(next))
    if (!reached || timeOf(reached) < from) return undefined
    to = Number(reached.sk.slice('rev#'.length)) - 1
  }
  return undefined
}

/**
 * Nothing is written with a message for this question, which only admins ask: it is answered by going back through the
 * rooms of the user. In each it looks at the last ten thousand entries or so of the time asked for; a message before those
 * is not found.
 */
export const latestMessage = async (
  context: Context,
  user: UserId,
  origin: string,
  from: string,
  until: string,
): Promise<Message | undefined> => {
  const rooms = await roomsOf(context, user)
  const found = await Promise.all(rooms.map((room) => latestIn(context, room, { user, origin }, from, until)))
  return found.reduce((best, one) => (one && (!best || best.at < one.at) ? one : best), undefined)
}
