import type { RoomOverview, Standing } from '@parley/core'
import { limits, type RoomId, type UserId } from '@parley/protocol'
import { type AccountItem, accountOf, welcomed } from './account-item.ts'
import type { StoreContext } from './context.ts'
import { accountKey, memberKey } from './keys.ts'
import { lookAt } from './look.ts'
import { type MemberItem, membershipOf } from './member-item.ts'

const membershipIn = async ({ items }: StoreContext, room: RoomId, user: UserId) =>
  membershipOf(await items.get<MemberItem>(memberKey(room, user)))

/**
 * What nearly every command asks first. The query that brings the room's facts brings its head with it, for the message
 * that probably comes next.
 */
export const standing = async (context: StoreContext, room: RoomId, user: UserId): Promise<Standing | undefined> => {
  const { items, heads, speakers } = context
  const [{ facts, head }, found] = await Promise.all([
    lookAt(context, room),
    items.getMany<AccountItem | MemberItem>([accountKey(user), memberKey(room, user)]),
  ])
  const account = found.find((item): item is AccountItem => 'folded' in item)
  if (!facts || !account) return undefined
  await welcomed(context, account)
  // A room or user that had just been made is complete by now, but may not have been when the membership was read.
  const member = found.find((item): item is MemberItem => 'joinedAt' in item)
  const membership = membershipOf(member) ?? (await membershipIn(context, room, user))
  heads.remember(room, head)
  if (membership) speakers.know(room, user)
  return { room: facts, account: accountOf(account), ...(membership && { membership }) }
}

export const overviews = async (
  context: StoreContext,
  user: UserId,
  rooms: readonly RoomId[],
): Promise<readonly RoomOverview[]> => {
  const looks = await Promise.all(rooms.map(async (room) => [room, await lookAt(context, room)] as const))
  const items = await context.items.getMany<MemberItem>(rooms.map((room) => memberKey(room, user)))
  const byRoom = new Map(items.map((item) => [item.room, item]))
  return looks.flatMap(([room, { facts, head }]) => {
    const item = byRoom.get(room)
    const membership = membershipOf(item)
    if (!facts || !item || !membership) return []
    return [{ facts, membership, rev: head.rev, unread: Math.min(limits.unreadMax, head.n - item.readN) }]
  })
}

/** The newest revs of those rooms that exist. */
export const revs = async (context: StoreContext, rooms: readonly RoomId[]): Promise<ReadonlyMap<RoomId, number>> => {
  const looks = await Promise.all([...new Set(rooms)].map(async (room) => [room, await lookAt(context, room)] as const))
  return new Map(looks.flatMap(([room, { facts, head }]) => (facts ? [[room, head.rev] as const] : [])))
}
