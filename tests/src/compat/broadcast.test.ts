import { expect, test } from 'vitest'
import { gateway, oldSystem, preflight } from '../harness/compat.ts'
import { world } from '../harness/world.ts'

const { deployment, api, account, member } = await world({ PARLEY_COMPAT: 'on' })
const system = oldSystem(deployment, 'broadcast')
const boss = await account('admin')
const confirmation = '"Responding back from the Websocket Service after updating details in DB"'

const records = async () =>
  (await api.call('GET /api/connections', { token: boss.token })).connections.filter(
    ({ dialect }) => dialect === 'broadcast',
  )
const broadcast = (Message: unknown) => system.ask('POST', '/broadcastmessage', { Message })

test('a message is confirmed to its sender, and heard by Parley', async () => {
  const ana = await member()
  const one = await system.connect()
  one.send({ action: 'sendMessage', Message: 'hi' })
  expect(await one.heard()).toBe(confirmation)
  expect((await ana.heard('message')).message).toMatchObject({ room: 'general', text: 'hi', from: { kind: 'guest' } })
})

test('what is missing fails, what is unknown is forbidden, and the connection stays open', async () => {
  const one = await system.connect()
  for (const frame of [
    { action: 'sendMessage' },
    { action: 'sendMessage', message: 'hi' },
    { action: 'sendMessage', Message: '' },
  ]) {
    one.send(frame)
    expect(await one.heard()).toBe(gateway('Internal server error'))
  }
  for (const frame of [{ action: 'sendmessage', Message: 'hi' }, { Message: 'hi' }, 'hi', null]) {
    one.send(frame)
    expect(await one.heard()).toBe(gateway('Forbidden'))
  }
  one.send({ action: 'sendMessage', Message: 'hi' })
  expect(await one.heard()).toBe(confirmation)
})

test('a broadcast reaches every open connection, dead ones notwithstanding', async () => {
  const [one, dead, two] = [await system.connect(), await system.connect(), await system.connect('?a=b')]
  dead?.vanish()
  const answer = await broadcast('to "all"')
  expect([answer.status, answer.text]).toEqual([200, '{"statusCode": 200}'])
  expect(answer.headers['access-control-allow-origin']).toBe('*')
  expect(await one?.heard()).toBe('"to \\"all\\""')
  expect(await two?.heard()).toBe('"to \\"all\\""')
  expect((await broadcast(undefined)).status).toBe(400)
  expect((await system.ask('POST', '/broadcastmessage', 'no JSON')).status).toBe(400)
})

test('pages from elsewhere may ask', async () => {
  const may = await preflight(system, 'POST', '/broadcastmessage', 'content-type')
  expect(may).toMatchObject({ isFine: true, origin: '*' })
  expect(may.methods).toContain('post')
  expect(may.headers).toContain('content-type')
})

test('of each connection is kept when it came and went, what it said last and what it was told last', async () => {
  const one = await system.connect()
  one.send({ action: 'sendMessage', Message: 'first' })
  await one.heard()
  one.send({ action: 'sendMessage', Message: 'last' })
  await one.heard()
  await broadcast('news')
  expect(await one.heard()).toBe('"news"')
  const open = (await records())[0]
  expect(open).toMatchObject({
    disconnectedAt: null,
    latestMessage: { room: 'general', text: 'last' },
    latestBroadcast: { text: 'news' },
  })
  await one.close()
  const ended = async () => (await records()).find(({ id }) => id === open?.id)
  await expect.poll(async () => (await ended())?.disconnectedAt).not.toBeNull()
  expect(await ended()).toMatchObject({ connectedAt: open?.connectedAt, latestMessage: open?.latestMessage })
})
