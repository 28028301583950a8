import { expect, test } from 'vitest'
import { draft, upTo } from '../testing/samples.ts'
import { testChat } from '../testing/test-chat.ts'

const pinging = async () => {
  const chat = testChat()
  const [client, founder] = [await chat.connect(await chat.person('Ada')), await chat.connect(await chat.person('Bea'))]
  await founder.say({ action: 'create', room: 'den', kind: 'private' })
  await founder.say({ action: 'create', room: 'yard', kind: 'public' })
  for (const number of upTo(3)) await chat.ports.store.appendMessage(draft(number, 1))
  return { ...chat, client, founder }
}

test('[Y10] is answered by pong, with the revs of the rooms one may read and of no other', async () => {
  const { client } = await pinging()
  expect(await client.say({ action: 'ping', ref: 'r' })).toStrictEqual({ type: 'pong', ref: 'r' })
  expect(await client.say({ action: 'ping', rooms: [], ref: 'r' })).toStrictEqual({ type: 'pong', ref: 'r', revs: {} })
  const rooms = ['general', 'yard', 'den', 'nowhere', 'general']
  expect(await client.say({ action: 'ping', rooms, ref: 'r' })).toStrictEqual({
    type: 'pong',
    ref: 'r',
    revs: { general: 3, yard: 0 },
  })
})

test('[F3] without a ref it says nothing', async () => {
  const { client } = await pinging()
  expect(await client.sayText('{"action":"ping"}')).toBeUndefined()
  expect(await client.sayText('{"action":"typing","room":"general"}')).toBeUndefined()
  expect(await client.sayText('{"action":"sync","room":"general","since":3}')).toStrictEqual({
    type: 'synced',
    room: 'general',
    messages: [],
    rev: 3,
    more: false,
  })
})

test('[P3] keeps the connection from being lost', async () => {
  const { client, founder, clock, chat } = await pinging()
  clock.pass(60_000)
  await client.say({ action: 'ping' })
  clock.pass(60_000)
  await chat.wake()
  expect(client.closed).toBeUndefined()
  expect(founder.closed).toMatchObject({ code: 1001 })
})

test('[V1] with rooms it needs somebody who has signed in', async () => {
  const { chat } = await pinging()
  const nobody = { kind: 'nobody', address: 'here', mayBeGuest: true } as const
  expect(await chat.execute(nobody, { action: 'ping' })).toStrictEqual({ type: 'pong' })
  expect(await chat.execute(nobody, { action: 'ping', rooms: [] })).toMatchObject({ refused: 'unauthorized' })
})
