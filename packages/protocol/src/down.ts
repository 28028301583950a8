import { z } from 'zod'
import { ErrorCode } from './error-code.ts'
import { Broadcast, Message } from './message.ts'
import { Member, MyRoom, Room } from './room.ts'
import { SeenUser, Self, User } from './user.ts'
import { protocolVersion } from './version.ts'
import { ConnectionId, MessageId, Ref, Rev, RoomId, UserId } from './words.ts'

const ref = { ref: Ref.optional() }
const retry = z.int().min(0).nullable().meta({ description: 'Seconds to wait before trying again, or null: do not.' })
const frame = <T extends string, S extends z.ZodRawShape>(type: T, shape: S) =>
  z.object({ type: z.literal(type), ...shape })

/** Everything a server may say: one schema for each type. */
export const downFrames = {
  welcome: frame('welcome', {
    ...ref,
    v: z.literal(protocolVersion),
    connection: ConnectionId,
    me: Self,
    rooms: z.array(MyRoom),
    users: z.array(SeenUser),
    heartbeat: z.int().min(1).meta({ description: 'Seconds between pings that keep the connection alive.' }),
    more: z.boolean(),
  }),
  ok: frame('ok', { ref: Ref }),
  pong: frame('pong', { ref: Ref, revs: z.record(RoomId, Rev).optional() }),
  message: frame('message', { ...ref, room: RoomId, rev: Rev, message: Message }),
  synced: frame('synced', { ...ref, room: RoomId, messages: z.array(Message), rev: Rev, more: z.boolean() }),
  page: frame('page', { ...ref, room: RoomId, messages: z.array(Message), rev: Rev, more: z.boolean() }),
  room: frame('room', { ...ref, room: Room }),
  members: frame('members', { ...ref, room: RoomId, members: z.array(Member), more: z.boolean() }),
  left: frame('left', { room: RoomId }),
  presence: frame('presence', { user: UserId, online: z.boolean() }),
  user: frame('user', { user: User }),
  typing: frame('typing', { room: RoomId, user: UserId }),
  read: frame('read', { room: RoomId, user: UserId, seq: Rev }),
  delta: frame('delta', { room: RoomId, id: MessageId, rev: Rev, at: z.int().min(0), text: z.string() }),
  note: frame('note', { room: RoomId, id: MessageId, text: z.string(), streaming: z.boolean().optional() }),
  broadcast: frame('broadcast', Broadcast.shape),
  error: frame('error', { ...ref, code: ErrorCode, message: z.string(), retry }),
  bye: frame('bye', { code: z.int(), message: z.string(), retry }),
} as const

/** The `type` of a frame. */
export type DownType = keyof typeof downFrames

/** A frame of one type. */
export type Down<T extends DownType = DownType> = { [K in T]: z.infer<(typeof downFrames)[K]> }[T]

/** One frame of a server, or several that happened within a short time. */
export const DownFrame = z.discriminatedUnion('type', Object.values(downFrames) as [(typeof downFrames)['ok']])
