import { limits } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { assistantId } from '../bots.ts'
import { accepted, botRoom, service } from '../testing/bot-room.ts'
import { refusal, refusedAs } from '../testing/expected.ts'
import { facts, general, membership, messageId, roomId } from '../testing/samples.ts'

const place = { room: general, id: messageId(1) }
const delta = (at: number, text: string) => ({ action: 'delta', ...place, at, text })
const finish = (more: object = {}) => ({ action: 'finish', ...place, ended: 'done', ...more })

/** A program speaks as a bot, and Ada hears it. */
const program = async () => {
  const room = await botRoom()
  const { chat, ports, open, connect } = room
  const bot = accepted(await chat.execute({ kind: 'system' }, { action: 'add-bot', name: 'program', runs: 'outside' }))
  const { token } = accepted(await chat.execute({ kind: 'system' }, { action: 'make-bot-token', user: bot.id }))
  const nobody = { kind: 'nobody', address: '', mayBeGuest: false } as const
  const { session } = accepted(await chat.execute(nobody, { action: 'authenticate', token }))
  const account = await ports.store.user(bot.id)
  if (!account) throw new Error('there is no such bot')
  const client = await open({ ...account, actor: { kind: 'user', user: bot.id, session } })
  await client.say({ action: 'hello', v: 1 })
  const listener = await connect(room.ada)
  const begin = (more: object = {}) => client.say({ action: 'send', ...place, text: '', streaming: true, ...more })
  const stored = async () => (await ports.store.message(general, messageId(1)))?.message
  client.forget()
  listener.forget()
  return { ...room, client, listener, begin, stored, account }
}

describe('a message that grows', () => {
  test('[T1] is answered and told as streaming; its text may be blank', async () => {
    const { begin, listener, clock, account } = await program()
    const answer = await begin()
    const message = {
      ...place,
      seq: 1,
      rev: 1,
      from: { id: account.id, name: 'program', kind: 'bot' },
      text: '',
      at: clock.iso(),
      streaming: true,
    }
    expect(answer).toStrictEqual({ type: 'message', ref: expect.any(String), room: general, rev: 1, message })
    expect(listener.heard).toStrictEqual([{ type: 'message', room: general, rev: 1, message }])
  })

  test('[T1] is for bots only', async () => {
    const { listener, stored } = await program()
    const frame = { action: 'send', ...place, text: 'hi', streaming: true }
    expect(await listener.say(frame)).toStrictEqual(refusedAs('forbidden'))
    expect(await stored()).toBeUndefined()
  })

  test('[T2][T3] grows by deltas, which take no rev, are told to the others and stored before that', async () => {
    const { begin, client, listener, stored } = await program()
    await begin({ text: 'a' })
    listener.forget()
    expect(await client.say(delta(1, ' 👋'))).toStrictEqual({ type: 'ok', ref: expect.any(String) })
    expect((await stored())?.text).toBe('a 👋')
    await client.say(delta(4, ' b'))
    expect(await stored()).toMatchObject({ text: 'a 👋 b', rev: 1, streaming: true })
    expect(listener.heard).toStrictEqual([
      { type: 'delta', ...place, rev: 1, at: 1, text: ' 👋' },
      { type: 'delta', ...place, rev: 1, at: 4, text: ' b' },
    ])
    expect(client.heard).toStrictEqual([])
  })

  test('[T4] a piece that is there already is ok; a gap and another text are a conflict, and told to nobody', async () => {
    const { begin, client, listener, stored } = await program()
    await begin({ text: 'one two' })
    listener.forget()
    expect(await client.say(delta(4, 'two'))).toMatchObject({ type: 'ok' })
    expect(await client.say(delta(4, 'two three'))).toMatchObject({ type: 'ok' })
    expect(await client.say(delta(14, '!'))).toStrictEqual(refusedAs('conflict'))
    expect(await client.say(delta(0, 'One'))).toStrictEqual(refusedAs('conflict'))
    expect((await stored())?.text).toBe('one two three')
    expect(listener.heard.map((frame) => frame.type === 'delta' && frame.text)).toStrictEqual(['two', 'two three'])
  })

  test('[T5] ends with what was said, or with the text that is given', async () => {
    const { begin, client, listener, stored } = await program()
    await begin()
    await client.say(delta(0, 'one'))
    listener.forget()
    const answer = await client.say(finish())
    expect(answer).toMatchObject({ type: 'message', rev: 2, message: { text: 'one', ended: 'done', rev: 2 } })
    expect(answer).not.toMatchObject({ message: { streaming: true } })
    expect(listener.heard).toMatchObject([{ type: 'message', rev: 2, message: { text: 'one', ended: 'done' } }])
    const other = { room: general, id: messageId(2) }
    await client.say({ action: 'send', ...other, text: 'o', streaming: true })
    await client.say({ action: 'finish', ...other, text: 'two', ended: 'failed' })
    expect((await stored())?.text).toBe('one')
    expect(listener.heard.at(-1)).toMatchObject({ message: { text: 'two', ended: 'failed' } })
  })

  test('[T6] is lengthened and ended by its author only, and only as long as it streams', async () => {
    const { begin, client, listener, owner, connect, chat } = await program()
    await begin()
    const boss = await connect(owner)
    for (const other of [listener, boss]) {
      expect(await other.say(delta(0, 'x'))).toStrictEqual(refusedAs('forbidden'))
      expect(await other.say(finish())).toStrictEqual(refusedAs('forbidden'))
    }
    const grow = { action: 'grow-reply', ...place, run: 1, at: 0, text: 'x' } as const
    expect(await chat.execute(service(assistantId), grow)).toStrictEqual(refusal('forbidden'))
    await client.say(finish())
    expect(await client.say(delta(0, 'x'))).toStrictEqual(refusedAs('conflict'))
    expect(await client.say(finish())).toStrictEqual(refusedAs('conflict'))
    expect(await client.say({ ...delta(0, 'x'), id: messageId(9) })).toStrictEqual(refusedAs('not_found'))
  })

  test('[T6] is no longer than a text of a bot may be', async () => {
    const { begin, client } = await program()
    await begin()
    const half = 'x'.repeat(limits.botTextUnits / 2)
    await client.say(delta(0, half))
    expect(await client.say(delta(half.length, `${half}x`))).toStrictEqual(refusedAs('too_large'))
    expect(await client.say(delta(half.length, half))).toMatchObject({ type: 'ok' })
    expect(await client.say(delta(limits.botTextUnits, 'x'))).toStrictEqual(refusedAs('too_large'))
    expect(await client.say(finish({ text: `${half}${half}x` }))).toStrictEqual(refusedAs('too_large'))
  })

  test('[T7] can be reacted to and deleted, which ends it, but not edited', async () => {
    const { begin, client, listener, stored } = await program()
    await begin()
    await client.say(delta(0, 'one'))
    expect(await client.say({ action: 'edit', ...place, text: 'two' })).toStrictEqual(refusedAs('conflict'))
    expect(await listener.say({ action: 'react', ...place, emoji: '👍', on: true })).toMatchObject({ rev: 2 })
    await client.say(delta(3, ' two'))
    expect(await stored()).toMatchObject({ text: 'one two', rev: 2, streaming: true })
    expect(await client.say({ action: 'delete', ...place })).toMatchObject({ rev: 3, message: { text: '' } })
    expect(await client.say(delta(7, '!'))).toStrictEqual(refusedAs('conflict'))
    expect(await stored()).not.toHaveProperty('streaming')
  })

  test('[T8] a delta is a sign of life, also an empty one, which is told to nobody', async () => {
    const { begin, client, listener, clock, ports, chat, stored } = await program()
    await begin({ text: 'one' })
    const wake = async () => {
      await ports.connections.renew(client.connection.id, clock.iso(90_000))
      await ports.connections.renew(listener.connection.id, clock.iso(90_000))
      await chat.wake()
    }
    listener.forget()
    for (let sign = 0; sign < 3; sign += 1) {
      clock.pass(19_000)
      expect(await client.say(delta(3, ''))).toMatchObject({ type: 'ok' })
      await wake()
    }
    expect(listener.heard).toStrictEqual([])
    clock.pass(35_000)
    await wake()
    expect(await stored()).toMatchObject({ streaming: true })
    clock.pass(1)
    await wake()
    expect(await stored()).toMatchObject({ text: 'one', ended: 'interrupted', rev: 2 })
    expect(listener.heard).toMatchObject([{ type: 'message', rev: 2, message: { ended: 'interrupted' } }])
    await chat.wake()
    expect((await stored())?.rev).toBe(2)
  })

  test('who has left the room, or was banned, says no more', async () => {
    const { ports, client, account, begin } = await program()
    await ports.store.createRoom(facts('den', { kind: 'private' }), [membership('den', 0, { user: account.id })])
    const there = { room: roomId('den'), id: messageId(1) }
    await client.say({ action: 'send', ...there, text: '', streaming: true })
    await ports.store.removeMember(roomId('den'), account.id)
    expect(await client.say({ action: 'delta', ...there, at: 0, text: 'x' })).toStrictEqual(refusedAs('not_found'))
    await begin()
    await ports.store.changeUser(account.id, { banned: true })
    expect(await client.say(delta(0, 'x'))).toStrictEqual(refusedAs('forbidden'))
  })
})

test('[T4] the maker of a reply that was given up is told so', async () => {
  const { begun, say, connect, ada, chat, ports } = await botRoom()
  const [job] = (await say(await connect(ada), 5, '@assistant hi')).asked
  if (!job) throw new Error('nobody was asked')
  const { message, run } = await begun(job)
  const grow = (of: number) =>
    chat.execute(service(assistantId), {
      action: 'grow-reply',
      room: general,
      id: message.id,
      run: of,
      at: 0,
      text: 'x',
    })
  expect(await grow(run)).toStrictEqual({ type: 'ok' })
  await ports.store.changeMessage(general, message.id, { kind: 'restart', run, leaseUntil: '2030-01-01T00:00:00.000Z' })
  expect(await grow(run)).toStrictEqual(refusal('conflict'))
  expect(await grow(run + 1)).toStrictEqual({ type: 'ok' })
})
