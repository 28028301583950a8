import { type Down, limits, type UserId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { type Client, newId, newName, say, settled, world } from '../harness/world.ts'

const { api, account, connect, visitor, room } = await world()
const root = await connect(await account('admin'))
const [ada, bo] = [await connect(await account()), await visitor()]

/** A program with a bot's token, in the room. */
const program = async (): Promise<Client> => {
  const { token } = root.person
  const { bot } = await api.call('POST /api/bots', { token, body: { name: newName('Bot'), runs: 'outside' } })
  const session = await api.call('POST /api/bots/{user}/tokens', { token, at: bot.id })
  return connect({ ...session, user: { ...bot, kind: 'bot', role: 'member' } })
}
const machine = await program()
const place = await room('private', ada, bo, machine)

const act = (action: string, id: string, rest: object = {}) => ({ action, room: place, id, ...rest })
const begin = async (text = '', by = machine) =>
  (await by.ask('message', act('send', newId(), { text, streaming: true }))).message
const grow = (id: string, at: number, text: string) => machine.ask('ok', act('delta', id, { at, text }))
const stands = async (id: string): Promise<Down<'message'>['message'] | undefined> =>
  (await ada.ask('page', { action: 'history', room: place, limit: 50 })).messages.find((one) => one.id === id)

describe('a reply that grows', () => {
  test('[T1] begins with any text, and says so to everybody', async () => {
    const message = await begin()
    expect(message).toMatchObject({ text: '', streaming: true, from: { id: machine.me.id, kind: 'bot' } })
    const { message: heard } = await bo.heard('message', (frame) => frame.message.id === message.id)
    expect(heard).toEqual(message)
    expect(await stands(message.id)).toEqual(message)
  })

  test('[T1] is for bots alone', async () => {
    for (const client of [ada, bo]) {
      expect(await client.refusal(act('send', newId(), { text: 'hi', streaming: true }))).toMatchObject({
        code: 'forbidden',
      })
    }
  })

  test('[T2][T3] is lengthened by deltas, which take no rev and are in the store when they are answered', async () => {
    const { id, rev } = await begin()
    await grow(id, 0, 'One, ')
    expect(await stands(id)).toMatchObject({ text: 'One, ', rev, streaming: true })
    await grow(id, 5, 'two 👍')
    expect(await stands(id)).toMatchObject({ text: 'One, two 👍', rev })
    const heard = [await bo.heard('delta'), await bo.heard('delta')]
    expect(heard).toEqual([
      { type: 'delta', room: place, id, rev, at: 0, text: 'One, ' },
      { type: 'delta', room: place, id, rev, at: 5, text: 'two 👍' },
    ])
    await settled(ada, machine)
    expect(machine.waiting('delta')).toEqual([])
    const synced = await bo.ask('synced', { action: 'sync', room: place, since: rev - 1 })
    expect(synced).toMatchObject({ rev, messages: [{ id, text: 'One, two 👍' }] })
  })

  test('[T2] tells the rev that it has after a reaction', async () => {
    const { id, rev } = await begin('x')
    await bo.ask('message', act('react', id, { emoji: '👍', on: true }))
    await grow(id, 1, 'y')
    expect(await ada.heard('delta', (frame) => frame.id === id)).toMatchObject({ rev: rev + 1, at: 1, text: 'y' })
    expect(await stands(id)).toMatchObject({ rev: rev + 1, text: 'xy', reactions: { '👍': [bo.me.id] } })
  })

  test('[T4] takes what is there already, and neither a gap nor a change', async () => {
    const { id, rev } = await begin('Hello')
    await grow(id, 0, 'Hello')
    await grow(id, 1, 'ell')
    await grow(id, 3, 'lo there')
    expect(await stands(id)).toMatchObject({ text: 'Hello there', rev })
    for (const rest of [
      { at: 12, text: 'too far' },
      { at: 0, text: 'Jello' },
      { at: 5, text: ', all' },
    ]) {
      expect(await machine.refusal(act('delta', id, rest))).toMatchObject({ code: 'conflict', retry: null })
    }
    expect(await stands(id)).toMatchObject({ text: 'Hello there', rev })
  })

  test('[T5] ends with the text that was said last, and takes a rev', async () => {
    const { id, rev } = await begin('Almost')
    const { message } = await machine.ask('message', act('finish', id, { text: 'All of it.', ended: 'done' }))
    expect(message).toMatchObject({ text: 'All of it.', rev: rev + 1, seq: rev, ended: 'done' })
    expect(message).not.toHaveProperty('streaming')
    const { message: heard } = await bo.heard('message', (frame) => frame.message.rev === rev + 1)
    expect(heard).toEqual(message)
    expect(await stands(id)).toEqual(message)
  })

  test('[T5] ends with what it has where nothing is given', async () => {
    const { id } = await begin('So far')
    const { message } = await machine.ask('message', act('finish', id, { ended: 'length' }))
    expect(message).toMatchObject({ text: 'So far', ended: 'length' })
  })

  test('[T6] is its author’s alone, and over when it has ended', async () => {
    const { id } = await begin('mine')
    const other = await program()
    await ada.ask('room', { action: 'invite', room: place, user: other.me.id })
    for (const client of [ada, bo, other]) {
      expect(await client.refusal(act('delta', id, { at: 4, text: '!' }))).toMatchObject({ code: 'forbidden' })
      expect(await client.refusal(act('finish', id, { ended: 'done' }))).toMatchObject({ code: 'forbidden' })
    }
    await machine.ask('message', act('finish', id, { ended: 'done' }))
    expect(await machine.refusal(act('delta', id, { at: 4, text: '!' }))).toMatchObject({ code: 'conflict' })
    expect(await machine.refusal(act('finish', id, { ended: 'done' }))).toMatchObject({ code: 'conflict' })
    const said = await say(machine, place, 'whole')
    expect(await machine.refusal(act('delta', said.id, { at: 5, text: '!' }))).toMatchObject({ code: 'conflict' })
    expect(await machine.refusal(act('delta', newId(), { at: 0, text: '!' }))).toMatchObject({ code: 'not_found' })
  })

  test('[T6] has at most 30,000 UTF-16 units', async () => {
    const { id } = await begin()
    const piece = 'x'.repeat(15_000)
    await grow(id, 0, piece)
    await grow(id, 15_000, piece)
    expect(await machine.refusal(act('delta', id, { at: limits.botTextUnits, text: 'y' }))).toMatchObject({
      code: 'too_large',
    })
    expect((await stands(id))?.text).toHaveLength(limits.botTextUnits)
    await machine.ask('message', act('finish', id, { ended: 'length' }))
  })

  test('[T7] is not edited, but reacted to and deleted', async () => {
    const { id, rev } = await begin('Streaming')
    expect(await machine.refusal(act('edit', id, { text: 'other' }))).toMatchObject({ code: 'conflict' })
    await bo.ask('message', act('react', id, { emoji: '👀', on: true }))
    const { message } = await ada.ask('message', act('delete', id))
    expect(message).toMatchObject({ text: '', rev: rev + 2, deletedAt: expect.any(String) })
    expect(message).not.toHaveProperty('streaming')
    expect(await machine.refusal(act('delta', id, { at: 0, text: 'on' }))).toMatchObject({ code: 'conflict' })
  })

  test('[T9][T10] is stopped by admins of the room, and by others only if it answers them', async () => {
    const prompt = await say(bo, place, 'Tell me')
    const { message } = await machine.ask(
      'message',
      act('send', newId(), { text: '', streaming: true, replyTo: prompt.id }),
    )
    await grow(message.id, 0, 'Once upon')
    const stranger = await visitor()
    await ada.ask('room', { action: 'invite', room: place, user: stranger.me.id })
    for (const action of ['stop', 'retry']) {
      expect(await stranger.refusal(act(action, message.id))).toMatchObject({ code: 'forbidden' })
    }
    await bo.ask('ok', act('stop', message.id))
    expect(await stands(message.id)).toMatchObject({
      text: 'Once upon',
      ended: 'stopped',
      endedBy: bo.me.id,
      rev: message.rev + 1 + 0,
    })
    const { message: told } = await machine.heard('message', (frame) => frame.message.ended === 'stopped')
    expect(told.id).toBe(message.id)
    expect(await bo.heard('message', (frame) => frame.message.ended === 'stopped')).toMatchObject({ message: told })
    await bo.ask('ok', act('stop', message.id))
    expect(await stands(message.id)).toEqual(told)
    const unasked = await begin('To nobody')
    expect(await bo.refusal(act('stop', unasked.id))).toMatchObject({ code: 'forbidden' })
    await ada.ask('ok', act('stop', unasked.id))
    expect(await stands(unasked.id)).toMatchObject({ ended: 'stopped', endedBy: ada.me.id })
    expect(await ada.refusal(act('stop', prompt.id))).toMatchObject({ code: 'forbidden' })
  })

  test('[T10] is stopped by everybody in the room where that is set', async () => {
    const open = await room('private', ada, bo, machine)
    await ada.ask('room', { action: 'set', room: open, bot: { stops: 'everybody' } })
    const { message } = await machine.ask('message', {
      ...act('send', newId(), { text: 'Blah', streaming: true }),
      room: open,
    })
    await bo.ask('ok', { action: 'stop', room: open, id: message.id })
    const { messages } = await bo.ask('page', { action: 'history', room: open })
    expect(messages).toMatchObject([{ ended: 'stopped', endedBy: bo.me.id }])
  })
})

describe('bots from outside', () => {
  test('[H31][H32] have one token at a time, and none when they are banned', async () => {
    const { token } = root.person
    const { bot } = await api.call('POST /api/bots', { token, body: { name: newName('Bot'), runs: 'outside' } })
    const first = await api.call('POST /api/bots/{user}/tokens', { token, at: bot.id })
    const year = Date.parse(first.expiresAt) - Date.now()
    expect(year / 86_400_000).toBeGreaterThan(364)
    const person = { ...first, user: { id: bot.id as UserId, name: bot.name, kind: 'bot', role: 'member' } as const }
    const client = await connect(person)
    expect(client.me).toMatchObject({ id: bot.id, kind: 'bot', role: 'member' })
    const second = await api.call('POST /api/bots/{user}/tokens', { token, at: bot.id })
    expect((await client.closed).code).toBe(4401)
    expect(await api.refusal('GET /api/me', { token: first.token })).toMatchObject({ code: 'unauthorized' })
    expect(await api.call('GET /api/me', { token: second.token })).toMatchObject({ user: { id: bot.id } })
    const again = await connect({ ...person, ...second })
    const changed = await api.call('PATCH /api/bots/{user}', { token, at: bot.id, body: { banned: true } })
    expect(changed.bot).toMatchObject({ id: bot.id, banned: true })
    expect((await again.closed).code).toBe(4403)
    expect(await api.refusal('POST /api/bots/{user}/tokens', { token, at: bot.id })).toMatchObject({
      code: 'forbidden',
    })
  })

  test('[H31] have names that nobody else has', async () => {
    const { token } = root.person
    const name = newName('Bot')
    await api.call('POST /api/bots', { token, body: { name, runs: 'outside' } })
    expect(
      await api.refusal('POST /api/bots', { token, body: { name: name.toUpperCase(), runs: 'here' } }),
    ).toMatchObject({ code: 'conflict' })
    const { bots } = await api.call('GET /api/bots', { token })
    expect(bots.filter((bot) => bot.name === name)).toHaveLength(1)
  })
})
