import type { Membership, RoomFacts } from '@parley/core'
import type { RoomId } from '@parley/protocol'
import { collect } from './collect.ts'
import type { Context } from './context.ts'
import { absent, exists } from './expression.ts'
import { type FactsItem, factsOf, finishFounding, general, generalFacts } from './founding.ts'
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

export const changeRoom = async (
  context: Context,
  id: RoomId,
  change: { readonly name?: string; readonly topic?: string },
): Promise<RoomFacts | undefined> => {
  const { items, token } = context
  const set = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined))
  if (Object.keys(set).length === 0) return findRoom(context, id)
  const update = () => items.update<FactsItem>(factsKey(id), { set }, exists('pk'))
  let changed = await update()
  if (!changed && id === general) {
    await items.put({ ...factsKey(id), ...generalFacts, token: token() } as FactsItem, absent('pk'))
    changed = await update()
  }
  return changed && known(context, id, changed as FactsItem)
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
