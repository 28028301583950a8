import type { RoomBotChange, RoomId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { provider } from '../harness/model.ts'
import { type Client, newId, newName, newRoomId, say, settled, world } from '../harness/world.ts'

const model = await provider()
const { api, account, connect, visitor, member, room } = await world(model.settings)
const root = await connect(await account('admin'))
const [ada, bo] = [await member(), await visitor()]
const { token } = root.person

const set = (by: Client, place: string, bot: object) => by.ask('room', { action: 'set', room: place, bot })
const refused = async (by: Client, place: string, bot: object): Promise<string> =>
  (await by.refusal({ action: 'set', room: place, bot })).code
const settingsOf = (by: Client, place: string) =>
  api.call('GET /api/rooms/{room}/bot', { token: by.person.token, at: place })
const newBot = async (runs: 'here' | 'outside' = 'here', more: object = {}) =>
  (await api.call('POST /api/bots', { token, body: { name: newName('Bot'), runs, ...more } })).bot

describe('what bots do in a room', () => {
  test('[U5][U6] is merged with what was set, and told to all without what only admins may see', async () => {
    const place = await room('private', ada, bo)
    const { room: facts } = await set(ada, place, { speaks: 'always', temperature: 0.5, instructions: 'Be kind.' })
    const told = { speaks: 'always', asks: 'everybody', stops: 'asker', answersBots: false }
    expect(facts.bot).toEqual(told)
    expect((await bo.heard('room', (frame) => frame.room.id === place)).room.bot).toEqual(told)
    await set(ada, place, { temperature: null, maxTokens: 100, model: 'fake' })
    const again = await connect(bo.person)
    expect(again.welcome.rooms.find(({ id }) => id === place)?.bot).toEqual({ ...told, model: 'fake' })
    expect(await settingsOf(ada, place)).toEqual({
      bot: { ...told, model: 'fake', maxTokens: 100, instructions: 'Be kind.' },
      models: ['fake'],
    })
    await set(ada, place, { speaks: null, model: null, maxTokens: null, instructions: null })
    const { room: plain } = await api.call('GET /api/rooms/{room}', { token: ada.person.token, at: place })
    expect(plain).not.toHaveProperty('bot')
  })

  test('[U5][U6] is for its admins and those of the server', async () => {
    const place = await room('public', ada, bo)
    const outsider = await member()
    for (const client of [bo, outsider]) {
      expect(await refused(client, place, { speaks: 'off' })).toBe('forbidden')
      const refusal = await api.refusal('GET /api/rooms/{room}/bot', { token: client.person.token, at: place })
      expect(refusal.code).toBe('forbidden')
    }
    await set(root, place, { speaks: 'off' })
    expect((await settingsOf(root, place)).bot.speaks).toBe('off')
    const hidden = await room('private', ada)
    for (const client of [bo, root]) {
      expect(await refused(client, hidden, { speaks: 'off' })).toBe('not_found')
      const refusal = await api.refusal('GET /api/rooms/{room}/bot', { token: client.person.token, at: hidden })
      expect(refusal.code).toBe('not_found')
    }
  })

  test('[U5] is within what there is: models that the owner has named, bots of this server', async () => {
    const place = await room('private', ada)
    const outside = await newBot('outside')
    const cases: readonly (readonly [RoomBotChange | object, string])[] = [
      [{ model: 'gpt-of-somebody-else' }, 'bad_request'],
      [{ bot: outside.id }, 'not_found'],
      [{ bot: ada.me.id }, 'not_found'],
      [{ bot: newId() }, 'not_found'],
      [{ temperature: 2.1 }, 'bad_request'],
      [{ maxTokens: 0 }, 'bad_request'],
      [{ speaks: 'often' }, 'bad_request'],
      [{ url: 'http://127.0.0.1:1' }, 'bad_request'],
      [{ instructions: 'x'.repeat(4_001) }, 'bad_request'],
    ]
    for (const [bot, code] of cases) expect(await refused(ada, place, bot), Object.keys(bot).join()).toBe(code)
    expect((await settingsOf(ada, place)).bot).toEqual({
      speaks: 'mentioned',
      asks: 'everybody',
      stops: 'asker',
      answersBots: false,
    })
  })

  test('[U5] reaches the model, with what the bot is told and the room’s own', async () => {
    const place = await room('private', ada)
    const bot = await newBot('here', { instructions: 'Speak like a sailor.' })
    await set(ada, place, {
      speaks: 'always',
      bot: bot.id,
      temperature: 0.2,
      maxTokens: 50,
      topP: 0.5,
      frequencyPenalty: 1,
      presencePenalty: -1,
      instructions: 'Mention the harbour.',
    })
    const speaking = model.next()
    await say(ada, place, 'hello')
    const { asked, say: speak, end } = await speaking
    expect(asked.body).toMatchObject({
      model: 'fake',
      temperature: 0.2,
      max_tokens: 50,
      top_p: 0.5,
      frequency_penalty: 1,
      presence_penalty: -1,
    })
    const [system] = (asked.body as { messages: { content: string }[] }).messages
    expect(system?.content).toContain('Speak like a sailor.')
    expect(system?.content).toContain('Mention the harbour.')
    speak('Ahoy!')
    end()
    const { message } = await ada.heard('message', (frame) => frame.message.ended === 'done')
    expect(message.from).toEqual({ id: bot.id, name: bot.name, kind: 'bot' })
  })
})

describe('bots of this server', () => {
  test('[H31] have names and instructions that admins give them, and are silent when they are banned', async () => {
    const bot = await newBot('here', { instructions: 'Be brief.', model: 'fake' })
    expect(bot).toMatchObject({ runs: 'here', instructions: 'Be brief.', model: 'fake', banned: false })
    const change = (body: object) => api.call('PATCH /api/bots/{user}', { token, at: bot.id, body })
    const name = newName('Renamed')
    const { bot: changed } = await change({ name, instructions: null, model: null })
    expect(changed).toEqual({ id: bot.id, name, runs: 'here', banned: false, createdAt: bot.createdAt })
    const place: RoomId = await room('private', ada)
    await say(ada, place, `@${name} hi`)
    const { message } = await ada.heard('message', (frame) => frame.message.ended === 'done')
    expect(message.from.id).toBe(bot.id)
    await change({ banned: true })
    await say(ada, place, `@${name} still there?`)
    await say(ada, place, '@assistant and you?')
    await ada.heard('message', (frame) => frame.message.ended === 'done')
    await settled(ada)
    const { messages } = await ada.ask('page', { action: 'history', room: place })
    expect(messages.filter(({ from }) => from.id === bot.id)).toHaveLength(1)
  })

  test('[H31] are made and changed by admins alone, with models that there are', async () => {
    const body = { name: newName('Bot'), runs: 'here' }
    for (const client of [ada, bo]) {
      const by = { token: client.person.token }
      expect((await api.refusal('GET /api/bots', by)).code).toBe('forbidden')
      expect((await api.refusal('POST /api/bots', { ...by, body })).code).toBe('forbidden')
    }
    const unknown = await api.refusal('POST /api/bots', { token, body: { ...body, model: 'nobody' } })
    expect(unknown.code).toBe('bad_request')
    for (const at of [newId(), ada.me.id]) {
      expect((await api.refusal('PATCH /api/bots/{user}', { token, at, body: {} })).code).toBe('not_found')
    }
  })

  test('[H32] have no tokens', async () => {
    const bot = await newBot()
    expect((await api.refusal('POST /api/bots/{user}/tokens', { token, at: bot.id })).code).toBe('conflict')
  })

  test('[H33] speak by models of which only names are told', async () => {
    const answer = await api.raw('GET /api/models', { token: bo.person.token })
    expect(JSON.parse(answer.text)).toEqual({ models: ['fake'], configured: true })
    expect((await api.refusal('GET /api/models', {})).code).toBe('unauthorized')
  })
})

test('[H28] one room is answered as the list has it', async () => {
  const place = await room('public', ada)
  await set(ada, place, { speaks: 'off' })
  for (const [client, member] of [
    [ada, true],
    [bo, false],
  ] as const) {
    const by = { token: client.person.token }
    const { room: one } = await api.call('GET /api/rooms/{room}', { ...by, at: place })
    const { rooms } = await api.call('GET /api/rooms', by)
    expect(one).toMatchObject({ id: place, member })
    expect(one).toEqual(rooms.find(({ id }) => id === place))
  }
  const hidden = await room('private', ada)
  for (const at of [hidden, newRoomId()]) {
    expect((await api.refusal('GET /api/rooms/{room}', { token: bo.person.token, at })).code).toBe('not_found')
  }
})
