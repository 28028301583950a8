import {
  type Dialect,
  type Event,
  isRefusal,
  type Refusal,
  refuse,
  type StoredMessage,
  type Target,
} from '@parley/core'
import { type Message, type MessageId, RoomId } from '@parley/protocol'
import type { Context } from 'hono'
import { z } from 'zod'
import { bagBytes, bagOf } from './bag.ts'
import { gatewayFrame, gatewayWord, objectIn, textOf, unknownAction } from './frames.ts'
import { htmlOf, readHtml } from './html.ts'
import { badRequest, refusedJson } from './http.ts'
import { nameOf } from './names.ts'
import type { Caller, Reach, System, Tools } from './system.ts'
import { arriveAs } from './visit.ts'

/*
 * Rooms whose messages are sent and fetched over HTTP, and heard over a socket on which nothing is said. Its texts
 * are HTML, to its own clients; to all others they are plain.
 */

const name = 'rooms'

/** What a connection keeps: its room, whom it says it is of, and since when it is there (milliseconds since 1970). */
const hearing = bagOf(name, z.object({ room: RoomId, user: z.string(), since: z.number() }))
/** What a message keeps: the number of its author, and its HTML where its text does not tell it. */
const author = bagOf(name, z.object({ user: z.number(), html: z.string().optional() }))

/** The number under which these clients know somebody of elsewhere. */
const numberOf = ({ from }: Message): number => Number.parseInt(from.id.replace(/-/g, '').slice(0, 12), 16)

const rowOf = ({ message, bag }: StoredMessage) => {
  // A bot's reply has the bag of its prompt.
  const own = message.from.kind === 'bot' ? undefined : author.unpack(bag)
  return {
    room_id: message.room,
    timestamp: Date.parse(message.at),
    message: (message.editedAt === undefined && own?.html) || htmlOf(message.text),
    user_id: own?.user ?? numberOf(message),
    name: message.from.name,
  }
}

const frames = new WeakMap<StoredMessage, string>()

/** The row of a message as a frame, written once for all who hear it. */
const frameOf = (stored: StoredMessage): string => {
  const frame = frames.get(stored) ?? JSON.stringify(rowOf(stored))
  frames.set(stored, frame)
  return frame
}

const isReadable = ({ message }: StoredMessage): boolean =>
  message.deletedAt === undefined && !message.streaming && message.text.trim() !== ''

const encodeFor = (event: Event, { bag }: Target): string | undefined => {
  const room = hearing.unpack(bag)?.room
  if (event.type === 'message-changed') {
    return event.said && event.room === room && isReadable(event.stored) ? frameOf(event.stored) : undefined
  }
  if (event.type !== 'broadcast-made' || room === undefined) return undefined
  const { from, text, at } = event.broadcast
  // The page takes timestamps for keys: those of messages are whole milliseconds.
  const row = { room_id: room, timestamp: Date.parse(at) + 0.5, message: htmlOf(text), user_id: 0, name: from.name }
  return JSON.stringify(row)
}

const dialectOf = ({ newId }: Tools): Dialect => ({
  name,
  decode: () => unknownAction,
  encodeAnswer: () => undefined,
  encodeRefusal: (refusal, _ref, { id }) => gatewayFrame(gatewayWord(refusal, 'Forbidden'), id, newId()),
  encodeEvent: () => undefined,
  encodeEventFor: encodeFor,
  stay: {
    rooms: (bag) => {
      const room = hearing.unpack(bag)?.room
      return room === undefined ? [] : [room]
    },
  },
})

const needsBoth = refuse('bad_request', 'A connection names its user_id and its room_id.')
/** A room that is not public is none here. */
const asBadRoom = (refusal: Refusal): Refusal =>
  refusal.refused === 'not_found' ? refuse('bad_request', 'This room_id cannot be used.') : refusal

const idUnits = 200

const arrive =
  ({ now }: Tools): System['arrive'] =>
  async (reach, nobody, query) => {
    const user = query.get('user_id') ?? ''
    const room = RoomId.safeParse(query.get('room_id'))
    if (user === '' || user.length > idUnits || !room.success) return needsBoth
    const made = await reach.chat.execute(nobody, { action: 'visit-room', room: room.data })
    if (isRefusal(made)) return asBadRoom(made)
    return arriveAs(reach, nobody, nameOf(user) ?? 'Guest', () =>
      hearing.pack({ room: room.data, user: user.toWellFormed(), since: now() }),
    )
  }

const Said = z.object({ room_id: RoomId, text: z.string(), user_id: z.number(), name: z.string() })

/** Says something as the guest of that number and name; undefined where it was done. */
const say = async ({ chat }: Reach, caller: Caller, said: z.infer<typeof Said>, id: MessageId) => {
  const { html, text: read } = readHtml(said.text)
  const text = textOf(read)
  if (text === undefined) return read.trim() === '' ? undefined : refuse('too_large', 'This text is too long.')
  const wished = nameOf(said.name) ?? 'Guest'
  const key = `${name} ${said.user_id} ${wished}`
  const guest = await chat.execute(caller.nobody, { action: 'visit', name: wished, key })
  if (isRefusal(guest)) return guest
  const actor = { kind: 'user', user: guest.user, session: guest.session } as const
  const whole = author.pack({ user: said.user_id, html })
  const isNeeded = html !== htmlOf(text) && Buffer.byteLength(whole) <= bagBytes
  const bag = isNeeded ? whole : author.pack({ user: said.user_id })
  const relay = { action: 'relay', room: said.room_id, id, text, bag } as const
  const answer = await chat.execute(actor, relay)
  if (!isRefusal(answer) || answer.refused !== 'forbidden') return isRefusal(answer) ? answer : undefined
  const joined = await chat.execute(actor, { action: 'join', room: said.room_id })
  if (isRefusal(joined)) return joined
  const again = await chat.execute(actor, relay)
  return isRefusal(again) ? again : undefined
}

const companyIn = async (c: Context, { chat }: Reach, caller: Caller, room: RoomId): Promise<Response> => {
  const company = await chat.execute(caller.nobody, { action: 'list-company', dialect: name, room })
  if (isRefusal(company)) return refusedJson(c, company)
  return c.json(
    company.map(({ id, bag }) => {
      const { user, since } = hearing.unpack(bag) ?? {}
      return { room_id: room, connection_id: id, user_id: user, timestamp: since }
    }),
  )
}

export const rooms = (tools: Tools): System => ({
  dialect: dialectOf(tools),
  arrive: arrive(tools),
  addRoutes: (routes, reach) => {
    routes.get('/chat', async (c) => {
      const room = RoomId.safeParse(c.req.query('room_id'))
      if (!room.success) return badRequest(c, 'The query names no room_id that can be one.')
      const said = await reach.chat.execute(c.var.nobody, { action: 'read-said', room: room.data })
      return isRefusal(said) ? refusedJson(c, said) : c.json(said.filter(isReadable).map(rowOf))
    })
    routes.put('/chat', async (c) => {
      const said = Said.safeParse(objectIn(await c.req.text()))
      if (!said.success)
        return badRequest(c, 'A message has a room_id, a text, a user_id that is a number, and a name.')
      const made = await reach.chat.execute(c.var.nobody, { action: 'visit-room', room: said.data.room_id })
      if (isRefusal(made)) return refusedJson(c, asBadRoom(made))
      const refusal = await say(reach, c.var, said.data, tools.newId() as MessageId)
      return refusal ? refusedJson(c, refusal) : companyIn(c, reach, c.var, said.data.room_id)
    })
  },
})
