import { changedRoom, type Membership, type RoomChange, type RoomFacts, Unavailable } from '@parley/core'
import { general, generalFacts } from '@parley/core/store-rules'
import type { RoomId } from '@parley/protocol'
import { collect } from './collect.ts'
import { type Context, triesMax } from './context.ts'
import { absent, both, equal, exists } from './expression.ts'
import { type FactsItem, factsOf, finishFounding } from './founding.ts'
import type { Key } from './items.ts'
import { factsKey, publicRoomKey, publicRoomsPartition } from './keys.ts'

/** The facts of a room that exists, as the item that was read says. */
const known = async (context: Context, id: RoomId, item: FactsItem | undefined): Promise<RoomFacts | undefined> => {
  if (!item) return id === general ? generalFacts : undefined
  await finishFounding(context, item)
  return factsOf(item)
}

export const findRoom = async (context: Context, id: RoomId): Promise<RoomFacts | undefined> =>
  known(context, id, await context.items.get<FactsItem>(factsKey(id)))

/** One put makes the room with its first members; those get their items afterwards, see {@link finishFounding}. */
export const createRoom = async (
  context: Context,
  room: RoomFacts,
  members: readonly Membership[],
): Promise<{ room: RoomFacts; created: boolean }> => {
  const { items, token } = context
  const there = await findRoom(context, room.id)
  if (there) return { room: there, created: false }
  const own = token()
  const item: FactsItem = {
    ...factsKey(room.id),
    ...room,
    token: own,
    ...(members.length > 0 && { founding: members }),
  }
  if (room.kind === 'public') await items.put(publicRoomKey(room.id))
  if (await items.put(item, absent('pk'))) {
    await finishFounding(context, item)
    return { room: factsOf(item), created: true }
  }
  const first = (await items.get<FactsItem>(factsKey(room.id))) ?? item
  await finishFounding(context, first)
  return { room: factsOf(first), created: first.token === own }
}

const nameAndTopic = ({ name, topic }: RoomChange) => ({
  ...(name !== undefined && { name }),
  ...(topic !== undefined && { topic }),
})

const setNameOrTopic = async ({ items }: Context, id: RoomId, change: RoomChange): Promise<FactsItem | undefined> => {
  const changed = await items.update<FactsItem>(factsKey(id), { set: nameAndTopic(change) }, exists('pk'))
  return changed as FactsItem | undefined
}

/** What is set for bots is merged with what was read, and put in its place if nobody has set anything since. */
const setForBots = async (
  { items, token, pause }: Context,
  id: RoomId,
  change: RoomChange,
): Promise<FactsItem | undefined> => {
  const own = token()
  for (let attempt = 0; attempt < triesMax; attempt += 1) {
    const item = await items.get<FactsItem>(factsKey(id))
    if (!item || item.botToken === own) return item
    const { bot } = changedRoom(factsOf(item), change)
    const set = { ...nameAndTopic(change), botToken: own }
    const changes = bot ? { set: { ...set, bot } } : { set, remove: ['bot'] }
    const asRead = item.botToken === undefined ? absent('botToken') : equal('botToken', item.botToken)
    const changed = await items.update<FactsItem>(factsKey(id), changes, both(exists('pk'), asRead))
    if (changed) return changed as FactsItem
    await pause(attempt)
  }
  throw new Unavailable('busy')
}

export const changeRoom = async (context: Context, id: RoomId, change: RoomChange): Promise<RoomFacts | undefined> => {
  const { items, token } = context
  if (!change.bot && Object.keys(nameAndTopic(change)).length === 0) return findRoom(context, id)
  const update = () => (change.bot ? setForBots : setNameOrTopic)(context, id, change)
  let changed = await update()
  if (!changed && id === general) {
    await items.put({ ...factsKey(id), ...generalFacts, token: token() } as FactsItem, absent('pk'))
    changed = await update()
  }
  return changed && known(context, id, changed)
}

/** Public rooms by id. A row is put before its room is made, so it counts only if the room is there. */
export const publicRooms = async (
  context: Context,
  { after = '', limit }: { readonly after?: string; readonly limit: number },
): Promise<readonly RoomFacts[]> => {
  const { items } = context
  const found = await collect(items.pages<Key>({ pk: publicRoomsPartition, after, limit }), limit, async (rows) => {
    const ids = rows.map(({ sk }) => sk as RoomId)
    const facts = new Map((await items.getMany<FactsItem>(ids.map(factsKey))).map((item) => [item.id, item]))
    const rooms = await Promise.all(ids.map((id) => known(context, id, facts.get(id))))
    return rooms.filter((room) => room !== undefined)
  })
  const all = general > after ? [...found, (await findRoom(context, general)) ?? generalFacts] : found
  return all.sort((one, other) => (one.id < other.id ? -1 : 1)).slice(0, limit)
}
