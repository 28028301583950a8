import { type WebStorage, webOutbox } from '@parley/client'
import { expect, test } from 'vitest'
import { heldAndFresh, type LibraryClient, libraryClient } from '../harness/library.ts'
import { newRoomId, nodeWorld } from '../harness/world.ts'

const world = await nodeWorld()
const { deployment, account } = world

/** Two who talk in a room of their own, and what they do. */
const talk = async () => {
  const [ana, bia] = await Promise.all([account(), account()])
  const one = libraryClient(deployment.url, ana)
  const other = libraryClient(deployment.url, bia)
  await Promise.all([one.client.start(), other.client.start()])
  const room = newRoomId()
  await one.client.create(room, { kind: 'private' })
  await one.client.invite(room, bia.user.id)
  await other.until('invited', ({ rooms }) => rooms.has(room))
  for (const { client } of [one, other]) client.open(room)
  return { room, people: [ana, bia] as const, clients: [one, other] as const }
}

/** Ends the server in the midst of what it does, and starts it again where it was. */
const die = () => deployment.kill()
const comeBack = (port: string) => deployment.restart({ PORT: port })
const portNow = () => new URL(deployment.url).port

const textsOf = ({ client }: LibraryClient, room: string) =>
  client.state.rooms.get(room)?.window.messages.map(({ from, text }) => `${from.name}: ${text}`) ?? []

/** What a browser has for one origin, kept from one client to the next. */
const storage = (): WebStorage => {
  const kept = new Map<string, string>()
  return {
    get length() {
      return kept.size
    },
    key: (index) => [...kept.keys()][index] ?? null,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => {
      kept.set(key, value)
    },
    removeItem: (key) => {
      kept.delete(key)
    },
  }
}

test('what two say while the server is killed again and again comes to both, once and in order', async () => {
  const { room, people, clients } = await talk()
  const port = portNow()
  const stored: Promise<unknown>[] = []
  const said = people.map((): string[] => [])
  const ids: string[] = []
  const say = (count: number): void => {
    for (let number = 0; number < count; number += 1) {
      for (const [index, { client }] of clients.entries()) {
        const text = `${people[index]?.user.name} ${said[index]?.length}`
        const sent = client.send(room, text)
        said[index]?.push(text)
        ids.push(sent.id)
        stored.push(sent.stored)
      }
    }
  }
  for (let round = 0; round < 3; round += 1) {
    say(20)
    await Promise.race(stored.slice(-20))
    await die()
    say(5)
    if (round === 1) await clients[0].until('noticed', ({ connection }) => connection.status === 'waiting')
    await comeBack(port)
    // The first time they come back when their back-off says so; later that would only take longer.
    if (round > 0) for (const { client } of clients) client.wake()
  }
  await Promise.race(stored.slice(-20))
  for (const { client } of clients) client.renewSocket()
  await Promise.all(stored)
  for (const one of clients) {
    await one.until('all heard', ({ rooms }) => {
      const window = rooms.get(room)?.window
      return window?.messages.length === ids.length && window.complete === window.newest
    })
    for (const [index, { user }] of people.entries()) {
      const mine = textsOf(one, room).flatMap((line) => (line.startsWith(`${user.name}: `) ? [line] : []))
      expect(mine).toEqual(said[index]?.map((text) => `${user.name}: ${text}`))
    }
    expect([...one.created].sort()).toEqual([...ids].sort())
    expect(one.client.state.outbox.size).toBe(0)
  }
  expect(textsOf(clients[0], room)).toEqual(textsOf(clients[1], room))
  for (const [index, { client }] of clients.entries()) {
    const { held, fresh } = await heldAndFresh(world.api, client, people[index]?.token ?? '')
    expect(held).toEqual(fresh)
  }
})

test('what happened while one was away is there after an outage: changes, names, rooms', async () => {
  const { room, people, clients } = await talk()
  const [ana, bia] = clients
  const port = portNow()
  const [first, second] = await Promise.all([
    ana.client.send(room, 'first').stored,
    ana.client.send(room, 'second').stored,
  ])
  await bia.until('heard', ({ rooms }) => rooms.get(room)?.window.messages.length === 2)
  const ends = [bia.client.watchMembers(room)]
  await die()
  await bia.until('noticed', ({ connection }) => connection.status !== 'online')
  bia.network.isDown = true
  await comeBack(port)

  await ana.client.edit(room, first.id, 'first of all')
  await ana.client.react(room, second.id, '🎉', true)
  await ana.client.send(room, 'third').stored
  await ana.client.set(room, { name: 'A den', topic: 'quiet' })
  const other = newRoomId()
  await ana.client.create(other, { kind: 'private' })
  await ana.client.invite(other, people[1].user.id)
  await ana.client.send(other, 'in here').stored

  bia.network.isDown = false
  bia.client.wake()
  await bia.until('healed', ({ rooms }) => {
    const [one, another] = [rooms.get(room), rooms.get(other)]
    return one?.window.complete === 5 && another?.window.newest === 1 && another.isCounted && one.members !== undefined
  })
  const { held, fresh } = await heldAndFresh(world.api, bia.client, people[1].token)
  expect(held).toEqual(fresh)
  expect(bia.client.state.rooms.get(room)?.facts).toMatchObject({ name: 'A den', topic: 'quiet' })
  expect(bia.client.state.rooms.get(other)?.unread).toBe(1)
  expect(bia.client.state.online.get(people[0].user.id)).toBe(true)
  for (const end of ends) end()
})

test('what was not stored before a reload is sent after it, and what was is not sent twice', async () => {
  const { room, people, clients } = await talk()
  const [ana] = people
  const outbox = webOutbox(storage())
  const before = libraryClient(deployment.url, ana, { outbox })
  const reader = clients[1]
  const port = portNow()
  await before.client.start()
  before.network.isDeaf = true
  before.client.send(room, 'stored, but it does not know')
  await reader.until('heard', ({ rooms }) => rooms.get(room)?.window.messages.length === 1)
  await die()
  before.network.isDown = true
  for (const text of ['and then', 'and last']) before.client.send(room, text)
  before.client.stop()

  const after = libraryClient(deployment.url, ana, { outbox })
  const started = after.client.start()
  await after.until('taken up', (state) => state.outbox.get(room)?.length === 3)
  await comeBack(port)
  await started
  await after.until('all sent', (state) => state.outbox.size === 0)
  await reader.until('all heard', ({ rooms }) => (rooms.get(room)?.window.messages.length ?? 0) >= 3)
  const { messages } = await world.api.call('GET /api/rooms/{room}/messages', { token: ana.token, at: room })
  const texts = ['stored, but it does not know', 'and then', 'and last']
  expect(messages.map(({ text }) => text)).toEqual(texts)
  expect(reader.client.state.rooms.get(room)?.window.messages).toEqual(messages)
  expect(outbox.load(ana.user.id)).toEqual([])
})
