import { z } from 'zod'
import { limits } from './limits.ts'
import { once } from './once.ts'
import { RoomBotChange } from './room-bot.ts'
import { protocolVersion } from './version.ts'
import { isBlank, words } from './word-schemas.ts'

const { BotText, Emoji, Ended, MessageId, Name, Ref, Rev, RoomId, RoomName, RoomRole, SaidText, Text, Topic, UserId } =
  words

const room = () => ({ room: RoomId() })
const inRoom = () => ({ ...room(), id: MessageId() })
const limit = () => z.int().min(1).max(limits.pageMax).optional()

/**
 * What each action carries besides `action` and `ref`: the contents page of everything a client may say. Made when asked
 * for: a function that has just been started takes one frame first, and all of them take longer than that.
 */
export const actions = {
  hello: () => ({ v: z.literal(protocolVersion) }),
  send: () => ({
    ...inRoom(),
    text: SaidText(),
    replyTo: MessageId().optional(),
    streaming: z.literal(true).optional(),
  }),
  edit: () => ({ ...inRoom(), text: Text() }),
  delete: inRoom,
  react: () => ({ ...inRoom(), emoji: Emoji(), on: z.boolean() }),
  sync: () => ({ ...room(), since: Rev(), limit: limit() }),
  history: () => ({ ...room(), before: Rev().optional(), limit: limit() }),
  create: () => ({ ...room(), kind: z.enum(['public', 'private']), name: RoomName().optional() }),
  join: room,
  leave: room,
  invite: () => ({ ...room(), user: UserId(), role: RoomRole().optional() }),
  remove: () => ({ ...room(), user: UserId() }),
  set: () => ({ ...room(), name: RoomName().optional(), topic: Topic().optional(), bot: RoomBotChange().optional() }),
  members: () => ({ ...room(), after: UserId().optional() }),
  direct: () => ({ with: z.array(UserId()).min(1).max(limits.directPeople) }),
  read: () => ({ ...room(), seq: Rev() }),
  typing: room,
  rename: () => ({ name: Name() }),
  stop: inRoom,
  retry: inRoom,
  variant: () => ({
    ...inRoom(),
    index: z
      .int()
      .min(0)
      .max(limits.variantsMax - 1),
  }),
  catchup: () => ({ ...room(), after: Rev().optional() }),
  delta: () => ({ ...inRoom(), at: z.int().min(0).max(limits.botTextUnits), text: BotText() }),
  finish: () => ({ ...inRoom(), text: BotText().optional(), ended: Ended() }),
  broadcast: () => ({ text: Text() }),
  ping: () => ({ rooms: z.array(RoomId()).max(limits.pingRooms).optional() }),
} as const

export type Action = keyof typeof actions

const frame = <A extends Action>(action: A) =>
  z.strictObject({
    action: z.literal(action),
    ref: Ref().optional(),
    ...(actions[action]() as ReturnType<(typeof actions)[A]>),
  })

/** Only a reply that is to grow may begin with nothing. */
const send = () =>
  frame('send').refine(({ text, streaming }) => streaming || !isBlank(text), {
    path: ['text'],
    error: 'a text is not blank',
  })

type Frames = { readonly [A in Action]: ReturnType<typeof frame<A>> }

/** One strict schema for each action, made when it is first asked for: an unknown field is refused. */
export const upFrames = Object.defineProperties(
  {},
  Object.fromEntries(
    (Object.keys(actions) as Action[]).map((action) => {
      const get = once<z.ZodType>(action === 'send' ? send : () => frame(action))
      return [action, { get, enumerable: true }]
    }),
  ),
) as Frames

/** A frame of one action, decoded. */
export type Up<A extends Action = Action> = { [K in A]: z.infer<Frames[K]> }[A]
