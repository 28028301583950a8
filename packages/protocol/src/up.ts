import { z } from 'zod'
import { limits } from './limits.ts'
import { RoomRole } from './room.ts'
import { protocolVersion } from './version.ts'
import { Emoji, MessageId, Name, Ref, Rev, RoomId, RoomName, Text, Topic, UserId } from './words.ts'

const room = { room: RoomId }
const inRoom = { room: RoomId, id: MessageId }
const limit = z.int().min(1).max(limits.pageMax).optional()

/** What each action carries besides `action` and `ref`: the contents page of everything a client may say. */
export const actions = {
  hello: { v: z.literal(protocolVersion) },
  send: { ...inRoom, text: Text, replyTo: MessageId.optional() },
  edit: { ...inRoom, text: Text },
  delete: inRoom,
  react: { ...inRoom, emoji: Emoji, on: z.boolean() },
  sync: { ...room, since: Rev, limit },
  history: { ...room, before: Rev.optional(), limit },
  create: { ...room, kind: z.enum(['public', 'private']), name: RoomName.optional() },
  join: room,
  leave: room,
  invite: { ...room, user: UserId, role: RoomRole.optional() },
  remove: { ...room, user: UserId },
  set: { ...room, name: RoomName.optional(), topic: Topic.optional() },
  members: { ...room, after: UserId.optional() },
  direct: { with: z.array(UserId).min(1).max(limits.directPeople) },
  read: { ...room, seq: Rev },
  typing: room,
  rename: { name: Name },
  broadcast: { text: Text },
  ping: { rooms: z.array(RoomId).max(limits.pingRooms).optional() },
} as const

export type Action = keyof typeof actions

const frame = <A extends Action>(action: A) =>
  z.strictObject({ action: z.literal(action), ref: Ref.optional(), ...(actions[action] as (typeof actions)[A]) })

type Frames = { readonly [A in Action]: ReturnType<typeof frame<A>> }

/** One strict schema for each action: an unknown field is refused. */
export const upFrames = Object.fromEntries(
  (Object.keys(actions) as Action[]).map((action) => [action, frame(action)]),
) as Frames

/** A frame of one action, decoded. */
export type Up<A extends Action = Action> = { [K in A]: z.infer<Frames[K]> }[A]
