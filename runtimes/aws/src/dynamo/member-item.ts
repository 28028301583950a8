import type { Membership } from '@parley/core'
import type { RoomId, RoomRole, UserId } from '@parley/protocol'
import type { Key } from './items.ts'
import { memberKey } from './keys.ts'

/** A membership. One that is over leaves `left`, the token of who ended it, for a day. */
export interface MemberItem extends Key {
  readonly user: UserId
  readonly room: RoomId
  readonly role: RoomRole
  readonly joinedAt: string
  readonly read: number
  /** Messages up to the marker. */
  readonly readN: number
  readonly token: string
  /** The token of who moved the marker last. */
  readonly moved?: string
  readonly left?: string
}

export const memberItem = (member: Membership, token: string, readN: number): MemberItem => {
  const { room, user, role, joinedAt, read } = member
  return { ...memberKey(room, user), room, user, role, joinedAt, read, readN, token }
}

/** The membership that an item stands for, if it lasts. */
export const membershipOf = (item: MemberItem | undefined): Membership | undefined => {
  if (item === undefined || item.left !== undefined) return undefined
  const { room, user, role, joinedAt, read } = item
  return { room, user, role, joinedAt, read }
}
