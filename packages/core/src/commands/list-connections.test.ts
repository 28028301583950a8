import { limits } from '@parley/protocol'
import { expect, test } from 'vitest'
import type { Answers } from '../answer.ts'
import { messageId, upTo } from '../testing/samples.ts'
import { testChat } from '../testing/test-chat.ts'

const records = async () => {
  const chat = testChat()
  const owner = await chat.person('Olga', { role: 'owner' })
  const ada = await chat.person('Ada')
  const list = async (after?: string) =>
    (await chat.chat.execute(owner.actor, {
      action: 'list-connections',
      ...(after && { after: after as never }),
    })) as Answers['list-connections']
  return { ...chat, owner, ada, list }
}

test('[H19][H20] tells who was connected, what it said last and what it was told last', async () => {
  const { connect, ada, owner, chat, clock, list } = await records()
  const client = await connect(ada)
  clock.pass(1_000)
  await client.say({ action: 'send', room: 'general', id: messageId(1), text: 'first' })
  clock.pass(1_000)
  await client.say({ action: 'send', room: 'general', id: messageId(2), text: 'latest' })
  clock.pass(1_000)
  await chat.execute(owner.actor, { action: 'broadcast', text: 'hear' })
  clock.pass(1_000)
  await client.close()
  clock.pass(1_000)
  await chat.execute(owner.actor, { action: 'broadcast', text: 'too late' })
  expect((await list()).connections).toStrictEqual([
    {
      id: client.connection.id,
      user: { id: ada.id, name: 'Ada', kind: 'person' },
      dialect: 'parley',
      connectedAt: clock.iso(-5_000),
      disconnectedAt: clock.iso(-1_000),
      latestMessage: { room: 'general', at: clock.iso(-3_000), text: 'latest' },
      latestBroadcast: { text: 'hear', at: clock.iso(-2_000) },
    },
  ])
})

test('[H20] shows no text of a private room', async () => {
  const { connect, ada, list, clock } = await records()
  const client = await connect(ada)
  await client.say({ action: 'create', room: 'den', kind: 'private' })
  await client.say({ action: 'send', room: 'den', id: messageId(1), text: 'secret' })
  const { connections } = await list()
  expect(connections[0]?.latestMessage).toStrictEqual({ room: 'den', at: clock.iso() })
})

test('[H19] of two devices each has what it said itself', async () => {
  const { connect, ada, list } = await records()
  const [phone, laptop] = [await connect(ada), await connect(ada)]
  await phone.say({ action: 'send', room: 'general', id: messageId(1), text: 'from the phone' })
  const latest = new Map((await list()).connections.map(({ id, latestMessage }) => [id, latestMessage?.text]))
  expect(latest.get(phone.connection.id)).toBe('from the phone')
  expect(latest.get(laptop.connection.id)).toBeUndefined()
})

test('[H19] comes newest first, in pages of 100', async () => {
  const { open, ada, list, clock } = await records()
  for (const _ of upTo(limits.listPage + 1)) {
    clock.pass(1_000)
    await open(ada)
  }
  const first = await list()
  expect(first.connections).toHaveLength(limits.listPage)
  expect(first.connections[0]?.connectedAt).toBe(clock.iso())
  expect(first.more).toBe(true)
  const second = await list(first.connections.at(-1)?.id)
  expect(second.connections).toHaveLength(1)
  expect(second).toMatchObject({ connections: [{ connectedAt: clock.iso(-limits.listPage * 1_000) }], more: false })
})
