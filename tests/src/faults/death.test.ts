import type { Down } from '@parley/protocol'
import { expect, test } from 'vitest'
import { checkRoom, writer } from '../harness/load.ts'
import { type Client, newId, nodeWorld, type Person, settled } from '../harness/world.ts'

const world = await nodeWorld()
const { deployment, guest, member, connect } = world

/** A private room of four, who have twenty messages each under way. */
const talk = async () => {
  const maker = await member()
  const people = [maker.person, ...(await Promise.all([guest(), guest(), guest()]))]
  const clients: Client[] = [maker, ...(await Promise.all(people.slice(1).map((person) => connect(person))))]
  const room = await world.room('private', maker, ...clients.slice(1))
  return { clients, room, writers: people.map((person) => writer(person, room, 20)) }
}

/** Resolves when so many of the attempts were answered. */
const answered = async (writers: ReturnType<typeof writer>[], count: number): Promise<void> => {
  const done = () => writers.flatMap(({ attempts }) => attempts).filter(({ answer }) => answer).length
  while (done() < count) await new Promise((resolve) => setImmediate(resolve))
}

test('[D1][D2][D3] kill -9 under load, again and again, loses nothing that was answered and doubles nothing that is repeated', async () => {
  const { clients, room, writers } = await talk()
  let sockets = clients
  for (let round = 1; round <= 3; round += 1) {
    const writing = writers.map((one, index) => one.write(sockets[index] as Client))
    await answered(writers, round * 300)
    await deployment.kill()
    await Promise.all(writing)
    await deployment.restart()
    await checkRoom(world, room, writers)
    sockets = await Promise.all(writers.map(({ person }) => connect(person)))
    await Promise.all(writers.map((one, index) => one.repeat(sockets[index] as Client)))
    const messages = await checkRoom(world, room, writers)
    expect(messages.length).toBe(writers.flatMap(({ attempts }) => attempts).length)
  }
})

test('[D1][W8] kill -9 while messages are edited, deleted and reacted to loses no answered change', async () => {
  const client = await member()
  const room = await world.room('private', client)
  const ids = Array.from({ length: 30 }, () => newId())
  await Promise.all(ids.map((id) => client.ask('message', { action: 'send', room, id, text: 'new' })))
  const answers = new Map<string, Down<'message'>['message']>()
  let count = 0
  const change = async (id: string, lane: number): Promise<void> => {
    const message = { room, id }
    for (let round = 0; ; round += 1) {
      const edit = { action: 'edit', ...message, text: `${lane} ${round}` }
      const react = { action: 'react', ...message, emoji: '👍', on: round % 4 === 1 }
      const answer = await client.ask('message', round % 2 ? react : edit)
      const held = answers.get(id)
      if (!held || held.rev < answer.rev) answers.set(id, answer.message)
      count += 1
      if (lane === 0 && round === 6) await client.ask('message', { action: 'delete', ...message })
    }
  }
  const changing = Promise.allSettled(ids.flatMap((id, index) => [change(id, index % 5), change(id, 5)]))
  while (count < 600) await new Promise((resolve) => setImmediate(resolve))
  await deployment.kill()
  await changing
  await deployment.restart()
  const reader = await connect(client.person)
  const { messages, rev } = await reader.ask('synced', { action: 'sync', room, since: 0, limit: 500 })
  expect(messages).toHaveLength(ids.length)
  for (const message of messages) {
    const answered = answers.get(message.id)
    expect(message.rev).toBeGreaterThanOrEqual(answered?.rev ?? 0)
    if (message.rev === answered?.rev) expect(message).toEqual(answered)
  }
  const { message: next } = await reader.ask('message', { action: 'send', room, id: newId(), text: 'next' })
  expect(next.rev).toBe(rev + 1)
})

test('[D2][G8] two hundred connections that come back at once after a death all hear what follows', async () => {
  const people = await Promise.all(Array.from({ length: 20 }, () => guest()))
  const crowd = () => Promise.all(Array.from({ length: 200 }, (_, index) => connect(people[index % 20] as Person)))
  const before = await crowd()
  await deployment.kill()
  await Promise.all(before.map(({ closed }) => closed))
  await deployment.restart()
  const after = await crowd()
  const [first, ...others] = after
  await settled(first as Client, ...others)
  await Promise.all(after.map((client) => client.close()))
})

test('[C6][D1][C1] SIGTERM under load says bye, stores what was answered, and ends within 5 seconds', async () => {
  const { clients, room, writers } = await talk()
  const writing = writers.map((one, index) => one.write(clients[index] as Client))
  const silent = await world.socket(await guest())
  await answered(writers, 400)
  const { code, ms } = await deployment.stop()
  expect([code, ms < 5_000]).toEqual([0, true])
  await Promise.all(writing)
  for (const client of [...clients, silent]) {
    expect(client.waiting('bye')).toMatchObject([{ code: 1001 }])
    expect(client.waiting('bye')[0]?.retry).not.toBeNull()
    expect((await client.closed).code).toBe(1001)
  }
  await deployment.restart()
  await checkRoom(world, room, writers)
  const again = await Promise.all(writers.map(({ person }) => connect(person)))
  await Promise.all(writers.map((one, index) => one.repeat(again[index] as Client)))
  const messages = await checkRoom(world, room, writers)
  expect(messages.length).toBe(writers.flatMap(({ attempts }) => attempts).length)
})

test('[C6] SIGTERM ends within 5 seconds also beside a client that does not read or close, and one that sends on', async () => {
  const [stuck, eager] = await Promise.all([connect(await guest()), connect(await guest())])
  stuck.pause()
  const sending = setInterval(() => eager.tell({ action: 'ping' }), 1)
  const { code, ms } = await deployment.stop()
  clearInterval(sending)
  expect([code, ms < 5_000]).toEqual([0, true])
  expect((await eager.closed).code).toBe(1001)
  stuck.vanish()
  await deployment.restart()
})

test('[H19] connections that a death has left open are closed in the records after it', async () => {
  const root = await world.account('admin')
  const person = await guest()
  await connect(person)
  await deployment.kill()
  await deployment.restart()
  const { connections } = await world.api.call('GET /api/connections', { token: root.token })
  const [record] = connections.filter(({ user }) => user.id === person.user.id)
  expect(record?.disconnectedAt).not.toBeNull()
})

test('[D1] accounts, sessions, rooms, memberships and markers survive a death too', async () => {
  const person = await world.account()
  const client = await connect(person)
  const room = await world.room('private', client)
  await client.ask('room', { action: 'set', room, name: 'Kept', topic: 'for good' })
  await client.ask('message', { action: 'send', room, id: crypto.randomUUID(), text: 'one' })
  await client.ask('ok', { action: 'read', room, seq: 1 })
  const { ticket } = await world.api.call('POST /api/tickets', { token: person.token })
  const leaving = await world.room('public', client)
  await client.ask('room', { action: 'leave', room: leaving })
  await deployment.kill()
  await deployment.restart()
  const again = await world.socket(person, { path: `/ws?ticket=${ticket}`, headers: { authorization: '' } })
  const welcome = await again.ask('welcome', { action: 'hello', v: 1 })
  expect(welcome.me).toEqual(client.me)
  expect(welcome.rooms.map(({ id }) => id)).toEqual(['general', room])
  expect(welcome.rooms[1]).toMatchObject({ name: 'Kept', topic: 'for good', rev: 1, read: 1, unread: 0 })
  await expect(
    world.socket(person, { path: `/ws?ticket=${ticket}`, headers: { authorization: '' } }),
  ).rejects.toMatchObject({ status: 401 })
})
