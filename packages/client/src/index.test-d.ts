/** What the public door promises by its types: this file is checked, and never run. */
import type {
  Client,
  ConnectionState,
  Events,
  Message,
  Note,
  Outgoing,
  ParleyErrorCode,
  Reply,
  RoomState,
  Self,
  Session,
} from './index.ts'
import { type asGuest, createClient, isParleyError, type ParleyError, type signIn, webOutbox } from './index.ts'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const is = <_Claim extends true>(): void => {}

declare const localStorage: Parameters<typeof webOutbox>[0]
declare const given: Session

const client = createClient({ server: 'https://chat.example' })
createClient({ server: { api: 'https://a.example/api', socket: 'wss://s.example/ws' }, session: given })
createClient({ server: 'https://chat.example', outbox: webOutbox(localStorage), edges: { random: () => 0.5 } })
// @ts-expect-error a server is needed
createClient({})
// @ts-expect-error the socket is at an address of its own
createClient({ server: { api: 'https://a.example/api' } })

is<Same<typeof client, Client>>()
is<Same<ReturnType<Client['start']>, Promise<Self>>>()
is<Same<ReturnType<typeof asGuest>, Promise<Session>>>()
is<Same<ReturnType<typeof signIn>, Promise<Session>>>()

const { id, stored } = client.send('general', 'hi')
is<Same<typeof stored, Promise<Message>>>()
client.send('general', 'hi', id)
// @ts-expect-error a text is a string
client.send('general', 7)
client.create('den', { kind: 'private', name: 'Den' })
// @ts-expect-error direct rooms are opened by their people
client.create('den', { kind: 'direct' })

client.on('message', ({ room, message, change }) => {
  is<Same<typeof room, string>>()
  is<Same<typeof message, Message>>()
  is<Same<typeof change, 'created' | 'changed'>>()
})
client.on('failed', ({ outgoing }) => {
  is<Same<typeof outgoing.failed, ParleyError | undefined>>()
})
client.on('grown', ({ message, at }) => {
  is<Same<typeof message, Message>>()
  is<Same<typeof at, number>>()
})
is<Same<Events['note'], Note>>()

const reply = client.reply('general', { replyTo: id })
is<Same<typeof reply, Reply>>()
is<Same<typeof reply.signal, AbortSignal>>()
is<Same<ReturnType<Reply['end']>, Promise<Message>>>()
// @ts-expect-error a reply does not end so
reply.end('finished')
client.set('general', { bot: { speaks: 'always', temperature: null } })
// @ts-expect-error bots do not speak so
client.set('general', { bot: { speaks: 'loudly' } })
is<Same<ReturnType<Client['on']>, () => void>>()
is<Same<Events['connection'], ConnectionState>>()
// @ts-expect-error there is no such event
client.on('reaction', () => {})

const { connection, rooms, outbox } = client.state
is<Same<ReturnType<typeof rooms.get>, RoomState | undefined>>()
is<Same<ReturnType<typeof outbox.get>, readonly Outgoing[] | undefined>>()
if (connection.status === 'waiting') is<Same<typeof connection.retryAt, number>>()
if (connection.status === 'ended') is<Same<typeof connection.reason, ParleyError>>()
// @ts-expect-error only who waits has a time to come back
connection.retryAt
// @ts-expect-error the state is not changed from outside
rooms.set('den', undefined)
// @ts-expect-error nor are the messages in it
rooms.get('general')?.window.messages.push()

const error: unknown = undefined
if (isParleyError(error)) {
  is<Same<typeof error.code, ParleyErrorCode>>()
  is<Same<typeof error.retry, number | null>>()
}

const users = client.call('GET /api/users', { query: { q: 'A' } })
users.then(({ users: found, more }) => {
  is<Same<(typeof found)[number]['name'], string>>()
  is<Same<typeof more, boolean>>()
})
client.call('PATCH /api/accounts/{user}', { params: { user: 'x' }, body: { banned: true } })
// @ts-expect-error an account has no such thing
client.call('PATCH /api/accounts/{user}', { params: { user: 'x' }, body: { colour: 'red' } })
// @ts-expect-error there is no such end point
client.call('GET /api/weather', {})
