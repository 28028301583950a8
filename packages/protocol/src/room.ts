import { z } from 'zod'
import { RoomBot } from './bot.ts'
import { limits } from './limits.ts'
import { SeenUser } from './user.ts'
import { words } from './word-schemas.ts'
import { Rev, RoomId, UserId } from './words.ts'

/** Who a room is for: everybody, those who are invited, or just these people. */
export const RoomKind = z.enum(['public', 'private', 'direct']).meta({ id: 'RoomKind' })
export type RoomKind = z.infer<typeof RoomKind>

/** What a member may in a room. */
export const RoomRole = words.RoomRole()
export type RoomRole = z.infer<typeof RoomRole>

/**
 * The facts of a room. `rev` is its newest change; `with` are all people of a direct room, whose name is empty; `bot`
 * is there where its bots behave otherwise than by default.
 */
export const Room = z
  .object({
    id: RoomId,
    kind: RoomKind,
    name: z.string(),
    topic: z.string(),
    rev: Rev,
    with: z.array(UserId).optional(),
    bot: RoomBot.optional(),
  })
  .meta({ id: 'Room' })
export type Room = z.infer<typeof Room>

/** A room as one of its members holds it: `read` is the seq of its read marker, `unread` counts what came after it. */
export const MyRoom = Room.extend({ read: Rev, unread: z.int().min(0).max(limits.unreadMax) }).meta({ id: 'MyRoom' })
export type MyRoom = z.infer<typeof MyRoom>

/** Somebody in a room, as its readers see them. */
export const Member = SeenUser.extend({ role: RoomRole }).meta({ id: 'Member' })
export type Member = z.infer<typeof Member>
