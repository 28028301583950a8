import { randomUUID } from 'node:crypto'
import { type Client, call, type Frame, openClient } from './client.ts'
import { answers } from './play-answers.ts'
import type { Person, Stage } from './stage.ts'
import type { Usage } from './usage.ts'

/** 200 bytes, as the budgets have it. */
const text = 'x'.repeat(200)

/** Whether a function has run. */
const ran =
  (name: string) =>
  ({ functions }: Usage): boolean =>
    (functions[name] ?? 0) > 0

interface Message {
  readonly id: string
  readonly text: string
  readonly ended?: string
}
const messageOf = (frame: Frame): Message => frame.message as Message

const say = async (client: Client, room: string, fields: object = {}): Promise<string> =>
  messageOf(await client.ask('send', { room, id: randomUUID(), text, ...fields })).id

/** What somebody does who comes, and goes again: with no company, since being there is told to who is there. */
const comeAndGo = async ({ url, of, login, guest }: Stage) => {
  const ada = await login('Ada', 'owner')
  await of('sign in with a password', () =>
    call(url, 'POST /api/login', undefined, { username: 'Ada', password: 'password of Ada' }),
  )
  const bea = await guest()
  await of('come in as a guest', guest)
  const open = async (): Promise<Client> => {
    await call(url, 'GET /config.json')
    const { ticket } = await call<{ ticket: string }>(url, 'POST /api/tickets', ada.token)
    const client = await openClient(url, `?ticket=${ticket}`)
    await client.ask('hello', { v: 1 })
    return client
  }
  const maker = await open()
  for (const room of ['two', 'ten', 'three', 'four']) await maker.ask('create', { room, kind: 'private' })
  await of('', async () => maker.close(), ran('Disconnect'))
  const client = await of('open the page: a ticket, a socket, `hello` with 5 rooms', open)
  await of('close it', async () => client.close(), ran('Disconnect'))
  return { ada, bea }
}

/** Everything two people do in a room of their own. */
const beTwo = async ({ url, of }: Stage, a: Client, b: Client, { ada, bea }: Record<'ada' | 'bea', Person>) => {
  const room = 'two'
  await of('`invite` to a room', () => a.ask('invite', { room, user: bea.user.id }))
  for (const client of [a, b]) await say(client, room)
  await of('`send` to a room of 2', () => say(a, room))
  const id = randomUUID()
  await say(a, room, { id })
  await of('`send` again what was sent', () => say(a, room, { id }))
  await of('`send` a reply to a message', () => say(a, room, { replyTo: id }))
  await of('`edit`', () => a.ask('edit', { room, id, text: `${text}!` }))
  await of('`react`', () => a.ask('react', { room, id, emoji: '🎉', on: true }))
  await of('`delete`', () => a.ask('delete', { room, id }))
  for (let count = 0; count < 50; count += 1) await say(a, room)
  const { rev } = (await a.ask('sync', { room, since: 50 })) as unknown as { rev: number }
  await of('`sync`, nothing new', () => a.ask('sync', { room, since: rev }))
  await of('`sync` of 50', () => a.ask('sync', { room, since: rev - 50, limit: 50 }))
  await of('`history` of 50', () => a.ask('history', { room, limit: 50 }))
  await of('`read` in a room of 2', () => b.ask('read', { room, seq: rev }))
  await of('`typing` in a room of 2', () => a.ask('typing', { room }))
  await of('`members` of 2', () => a.ask('members', { room }))
  await of('`set` the topic', () => a.ask('set', { room, topic: 'Two' }))
  await of('`ping`', () => a.ask('ping'))
  await of('`ping` that asks after 5 rooms', () => a.ask('ping', { rooms: ['general', 'two', 'ten', 'three', 'four'] }))
  await of('`create` a room', () => a.ask('create', { room: 'open', kind: 'public' }))
  await of('`join` a room', () => b.ask('join', { room: 'open' }))
  await of('`leave` a room', () => b.ask('leave', { room: 'open' }))
  await b.ask('join', { room: 'open' })
  await of('`remove` somebody', () => a.ask('remove', { room: 'open', user: bea.user.id }))
  await of('`direct`: a room of two people', () => a.ask('direct', { with: [bea.user.id] }))
  await of('`rename` oneself, told to one other', () => a.ask('rename', { name: 'Ada Lovelace' }))
  await of('`broadcast`, to one other', () => a.ask('broadcast', { text }))
  await of('`GET /api/rooms`, of 5', () => call(url, 'GET /api/rooms', ada.token))
  await of('`GET` 50 messages', () => call(url, `GET /api/rooms/${room}/messages?limit=50`, ada.token))
  await of('`POST` a message to a room of 2', () => call(url, `POST /api/rooms/${room}/messages`, ada.token, { text }))
}

/** Programs that speak bit by bit, in a room of two people and the program. */
const speakBitByBit = async ({ url, of, connect }: Stage, a: Client, ada: Person) => {
  const room = 'two'
  const { bot } = await call<{ bot: Person['user'] }>(url, 'POST /api/bots', ada.token, {
    name: 'Program',
    runs: 'outside',
  })
  const { token } = await call<{ token: string }>(url, `POST /api/bots/${bot.id}/tokens`, ada.token)
  const program = await connect({ user: bot, token })
  await a.ask('invite', { room, user: bot.id })
  const begin = (): Promise<string> => say(program, room, { text: '', streaming: true })
  const id = await of('`send`, streaming: begin a reply, to 2', begin)
  await of('`delta`, to 2', () => program.ask('delta', { room, id, at: 0, text: 'x'.repeat(40) }))
  await of('`finish` it, to 2', () => program.ask('finish', { room, id, ended: 'done' }))
  const other = await begin()
  await of('`stop` it', () => a.ask('stop', { room, id: other }))
  program.close()
}

/** So many more who are in a room and hear it. */
const fill = async (stage: Stage, by: Client, room: string, people: number): Promise<readonly Person[]> => {
  const made: Person[] = []
  for (let count = 0; count < people; count += 1) {
    const person = await stage.guest()
    await by.ask('invite', { room, user: person.user.id })
    made.push(person)
  }
  await Promise.all(made.map(stage.connect))
  return made
}

/** What a room of ten costs more than one of two. */
const inTen = async ({ of }: Stage, a: Client) => {
  const room = 'ten'
  const id = await say(a, room)
  await of('`send` to a room of 10', () => say(a, room))
  await of('`react` in a room of 10', () => a.ask('react', { room, id, emoji: '🎉', on: true }))
  await of('`read` in a room of 10', () => a.ask('read', { room, seq: 3 }))
  await of('`typing` in a room of 10', () => a.ask('typing', { room }))
}

/** Everything that the table of costs tells of, one after the other, in the order in which the rooms fill. */
export const play = async (stage: Stage): Promise<void> => {
  const { of } = stage
  await of('a minute with nobody there', async () => stage.minute(), ran('FanOut'))
  const { ada, bea } = await comeAndGo(stage)
  const [a, b] = [await stage.connect(ada), await stage.connect(bea)]
  await beTwo(stage, a, b, { ada, bea })
  await speakBitByBit(stage, a, ada)
  await a.ask('invite', { room: 'ten', user: bea.user.id })
  const others = await fill(stage, a, 'ten', 8)
  await inTen(stage, a)
  await answers(stage, a)
  // More devices of the same people: whoever hears a room costs the same, whosever it is.
  const devices = Array.from({ length: 90 }, (_, index) => others[index % others.length] as Person)
  await Promise.all(devices.map(stage.connect))
  await say(a, 'ten')
  await of('`send` to a room of 100', () => say(a, 'ten'))
}
