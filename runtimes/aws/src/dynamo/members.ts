import type { Membership } from '@parley/core'
import type { RoomId, RoomRole, UserId } from '@parley/protocol'
import { collect } from './collect.ts'
import type { Context, StoreContext } from './context.ts'
import { absent, below, both, either, exists } from './expression.ts'
import { type FactsItem, finishFounding } from './founding.ts'
import type { Key } from './items.ts'
import {
  factsKey,
  hintedRoom,
  hintKey,
  hintRange,
  logRange,
  memberKey,
  membersPartition,
  roomPartition,
  userPartition,
} from './keys.ts'
import type { Entry } from './log-entry.ts'
import { placeOf } from './log-entry.ts'
import { type MemberItem, memberItem, membershipOf } from './member-item.ts'

/*
 * The item under the room is the truth. What the user has of it is a hint where to look, which is there before the truth
 * and stays when that is gone: so two items need not change at once.
 */

const lasts = both(exists('pk'), absent('left'))
const daySeconds = 86_400

/** Finishes the founding of a room, if that is still to be done; says whether it was. */
const finishRoom = async (context: Context, room: RoomId): Promise<boolean> => {
  const facts = await context.items.get<FactsItem>(factsKey(room))
  if (!facts?.founding) return false
  await finishFounding(context, facts)
  return true
}

/** Does something to a membership. Where there is none, it may just have to be made yet. */
const withMember = async <T>(
  context: Context,
  room: RoomId,
  act: () => Promise<T | undefined>,
): Promise<T | undefined> => (await act()) ?? ((await finishRoom(context, room)) ? act() : undefined)

/** The newest entry up to a rev, which tells how many messages came until there. */
const entryAt = async ({ items }: Context, room: RoomId, rev: number): Promise<Entry | undefined> => {
  if (rev < 1) return undefined
  const range = { pk: roomPartition(room), between: logRange(1, rev), descending: true, limit: 1 }
  return (await items.query<Entry>(range)).items[0]
}

export const addMember = async (context: StoreContext, membership: Membership): Promise<boolean> => {
  const { items, token, speakers } = context
  const { room, user, read } = membership
  await finishRoom(context, room)
  if (membershipOf(await items.get<MemberItem>(memberKey(room, user)))) return false
  const own = token()
  const readN = (await entryAt(context, room, read))?.n ?? 0
  await items.put(hintKey(user, room))
  speakers.know(room, user)
  if (await items.put(memberItem(membership, own, readN), either(absent('pk'), exists('left')))) return true
  return (await items.get<MemberItem>(memberKey(room, user)))?.token === own
}

export const removeMember = async (context: Context, room: RoomId, user: UserId): Promise<boolean> => {
  const { items, token, now } = context
  const own = token()
  const expires = Math.ceil(now() / 1000) + daySeconds
  const end = () => items.update(memberKey(room, user), { set: { left: own, expires } }, lasts)
  if (await withMember(context, room, end)) return true
  return (await items.get<MemberItem>(memberKey(room, user)))?.left === own
}

export const changeMemberRole = async (
  context: Context,
  room: RoomId,
  user: UserId,
  role: RoomRole,
): Promise<boolean> => {
  const update = () => context.items.update(memberKey(room, user), { set: { role } }, lasts)
  return (await withMember(context, room, update)) !== undefined
}

export const members = async (
  context: Context,
  room: RoomId,
  { after = '', limit }: { readonly after?: string; readonly limit: number },
): Promise<readonly Membership[]> => {
  await finishRoom(context, room)
  return collect(context.items.pages<MemberItem>({ pk: membersPartition(room), after, limit }), limit, (rows) =>
    rows.flatMap((row) => membershipOf(row) ?? []),
  )
}

const byJoining = (one: Membership, other: Membership): number =>
  one.joinedAt + one.room < other.joinedAt + other.room ? -1 : 1

export const memberships = async (context: Context, user: UserId): Promise<readonly Membership[]> => {
  const { items } = context
  const hints: RoomId[] = []
  for await (const rows of items.pages<Key>({ pk: userPartition(user), between: hintRange })) {
    hints.push(...rows.map(hintedRoom))
  }
  const read = async (rooms: readonly RoomId[]) => items.getMany<MemberItem>(rooms.map((room) => memberKey(room, user)))
  const found = await read(hints)
  const there = new Set(found.map(({ room }) => room))
  const missing = hints.filter((room) => !there.has(room))
  const finished = await Promise.all(missing.map((room) => finishRoom(context, room)))
  const late = await read(missing.filter((_, index) => finished[index]))
  return [...found, ...late].flatMap((item) => membershipOf(item) ?? []).sort(byJoining)
}

export const moveMarker = async (
  context: Context,
  room: RoomId,
  user: UserId,
  seq: number,
): Promise<number | undefined> => {
  const { items, token } = context
  const entry = await entryAt(context, room, seq)
  if (!entry) return undefined
  const own = token()
  const read = placeOf(entry)
  const set = { read, readN: entry.n, moved: own }
  if (await items.update(memberKey(room, user), { set }, both(lasts, below('read', read)))) return read
  return (await items.get<MemberItem>(memberKey(room, user)))?.moved === own ? read : undefined
}
