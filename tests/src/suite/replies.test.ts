import { type Down, limits, type RoomBotChange, type RoomId, type UserId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { provider } from '../harness/model.ts'
import { type Client, newId, newName, say, settled, world } from '../harness/world.ts'

const model = await provider()
const { api, account, connect, visitor, member, room } = await world(model.settings)
const root = await connect(await account('admin'))
const [ada, bo] = [await member(), await visitor()]

type Said = Down<'message'>['message']

const setBots = (place: RoomId, bot: RoomBotChange) => ada.ask('room', { action: 'set', room: place, bot })
const bots = () => api.call('GET /api/bots', { token: root.person.token })
const assistant = (await bots()).bots[0]?.id as UserId
const talk = async (bot?: RoomBotChange): Promise<RoomId> => {
  const place = await room('private', ada, bo)
  if (bot) await setBots(place, bot)
  return place
}
const begun = (client: Client, place: RoomId) =>
  client.heard('message', ({ message }) => message.room === place && message.streaming === true)
const over = async (client: Client, place: RoomId): Promise<Said> =>
  (await client.heard('message', ({ message }) => message.room === place && message.ended !== undefined)).message
const all = async (client: Client, place: RoomId): Promise<readonly Said[]> =>
  (await client.ask('page', { action: 'history', room: place, limit: 200 })).messages
/** That nobody answered what was said in a room: what is asked for after it has been answered. */
const unanswered = async (place: RoomId, texts: readonly string[]): Promise<void> => {
  await setBots(place, { speaks: 'mentioned', asks: null, answersBots: null })
  const last = await say(ada, place, '@assistant last?')
  await ada.heard('message', ({ message }) => message.replyTo === last.id && message.ended !== undefined)
  const said = await all(ada, place)
  expect(said.map(({ text }) => text)).toEqual([...texts, '@assistant last?', 'Hello there.'])
}

describe('a bot of this server', () => {
  test('[U1][T2][T5] answers who names it, by one message that all see grow and end', async () => {
    const place = await talk()
    const speaking = model.next()
    const prompt = await say(bo, place, 'Hi @ASSISTANT, how are you?')
    const { asked, say: speak, end } = await speaking
    const { message } = await begun(ada, place)
    expect(message).toMatchObject({ text: '', replyTo: prompt.id, from: { id: assistant, kind: 'bot' } })
    speak('I am')
    expect(await ada.heard('delta')).toEqual({
      type: 'delta',
      room: place,
      id: message.id,
      rev: message.rev,
      at: 0,
      text: 'I am',
    })
    speak(' fine.')
    expect(await bo.heard('delta', ({ at }) => at === 4)).toMatchObject({ text: ' fine.' })
    end()
    const last = await over(ada, place)
    expect(last).toMatchObject({ id: message.id, rev: message.rev + 1, text: 'I am fine.', ended: 'done' })
    expect(last).not.toHaveProperty('streaming')
    expect(await all(bo, place)).toEqual([prompt, last])
    const { messages } = asked.body as { messages: { role: string; content: unknown }[] }
    expect(JSON.stringify(messages.at(-1))).toContain(`${bo.me.name} (guest): Hi @ASSISTANT, how are you?`)
  })

  test('[U1] answers once, however often the prompt is sent', async () => {
    const place = await talk()
    const prompt = { action: 'send', room: place, id: newId(), text: '@assistant once' }
    await Promise.all([0, 1, 2].map(() => ada.ask('message', prompt)))
    const answer = await over(ada, place)
    await ada.ask('message', prompt)
    await unanswered(place, ['@assistant once', answer.text])
  })

  test('[U1] tells who comes in the middle as much as there is, and goes on from there', async () => {
    const place = await talk()
    const speaking = model.next()
    await say(ada, place, '@assistant a long story')
    const { say: speak, end } = await speaking
    speak('Once upon')
    await ada.heard('delta')
    const late = await connect(bo.person)
    const held = (await all(late, place)).at(-1)
    expect(held).toMatchObject({ text: 'Once upon', streaming: true })
    speak(' a time')
    expect(await late.heard('delta')).toMatchObject({ id: held?.id, rev: held?.rev, at: 9, text: ' a time' })
    end()
    expect((await over(late, place)).text).toBe('Once upon a time')
  })

  test('[U2] speaks when the room says so', async () => {
    const off = await talk({ speaks: 'off' })
    await say(ada, off, '@assistant hi')
    await unanswered(off, ['@assistant hi'])

    const replied = await talk({ speaks: 'replied' })
    await say(bo, replied, 'nobody is named')
    await say(ada, replied, '@assistant hi')
    const answer = await over(ada, replied)
    await bo.ask('message', { action: 'send', room: replied, id: newId(), text: 'and you?', replyTo: answer.id })
    expect(await over(ada, replied)).toMatchObject({ text: 'Hello there.' })
    expect(await all(ada, replied)).toHaveLength(5)

    const always = await talk({ speaks: 'always' })
    const prompt = await say(bo, always, 'nobody is named')
    expect(await over(ada, always)).toMatchObject({ replyTo: prompt.id })
  })

  test('[U2] speaks always in a direct room with it', async () => {
    const { room: direct } = await ada.ask('room', { action: 'direct', with: [assistant] })
    const prompt = await say(ada, direct.id, 'just us two')
    expect(await over(ada, direct.id)).toMatchObject({ replyTo: prompt.id, text: 'Hello there.' })
  })

  test('[U3] answers only who may ask', async () => {
    const members = await talk({ asks: 'members' })
    await say(bo, members, '@assistant from a guest')
    await unanswered(members, ['@assistant from a guest'])
    const carl = await member()
    const admins = await room('private', ada, carl)
    await setBots(admins, { asks: 'admins' })
    await say(carl, admins, '@assistant from a member')
    await unanswered(admins, ['@assistant from a member'])
  })

  test('[U4] answers no other bot, unless that is set', async () => {
    const { token } = root.person
    const { bot } = await api.call('POST /api/bots', { token, body: { name: newName('Bot'), runs: 'outside' } })
    const session = await api.call('POST /api/bots/{user}/tokens', { token, at: bot.id })
    const machine = await connect({ ...session, user: { ...bot, kind: 'bot', role: 'member' } })
    const place = await room('private', ada, machine)
    await say(machine, place, '@assistant hello, colleague')
    await unanswered(place, ['@assistant hello, colleague'])
    await setBots(place, { answersBots: true })
    const prompt = await say(machine, place, '@assistant hello again')
    expect(await over(ada, place)).toMatchObject({ replyTo: prompt.id })
  })
})

describe('a reply under way', () => {
  test('[T9][T10] is stopped by its asker, which ends the request of its provider', async () => {
    const place = await talk()
    const carl = await visitor()
    await ada.ask('room', { action: 'invite', room: place, user: carl.me.id })
    const speaking = model.next()
    await say(bo, place, '@assistant a long story')
    const { say: speak, hungUp } = await speaking
    speak('Once upon')
    const { id } = await ada.heard('delta')
    const stop = { action: 'stop', room: place, id }
    expect(await carl.refusal(stop)).toMatchObject({ code: 'forbidden' })
    await bo.ask('ok', stop)
    expect(await over(ada, place)).toMatchObject({ text: 'Once upon', ended: 'stopped', endedBy: bo.me.id })
    await hungUp
    await bo.ask('ok', stop)
    expect((await all(ada, place)).at(-1)).toMatchObject({ ended: 'stopped', endedBy: bo.me.id })
  })

  test('[T9][T10] is stopped by anybody in the room where that is set, also before the model has said a word', async () => {
    const place = await talk({ stops: 'everybody' })
    const speaking = model.next()
    await say(ada, place, '@assistant a long story')
    const { hungUp } = await speaking
    const { message } = await begun(bo, place)
    await bo.ask('ok', { action: 'stop', room: place, id: message.id })
    expect(await over(ada, place)).toMatchObject({ text: '', ended: 'stopped', endedBy: bo.me.id })
    await hungUp
  })

  test('[T7] is deleted, which ends the request of its provider', async () => {
    const place = await talk()
    const speaking = model.next()
    await say(bo, place, '@assistant a long story')
    const { hungUp } = await speaking
    const { message } = await begun(ada, place)
    await ada.ask('message', { action: 'delete', room: place, id: message.id })
    await hungUp
  })
})

describe('another try', () => {
  test('[T10][T11][T12] is in the place of the reply, and all may look at each of them', async () => {
    const place = await talk()
    const prompt = await say(ada, place, '@assistant a number?')
    const first = await over(ada, place)
    const act = (action: string, rest: object = {}) => ({ action, room: place, id: first.id, ...rest })
    expect(await bo.refusal(act('retry'))).toMatchObject({ code: 'forbidden' })

    const speaking = model.next()
    await ada.ask('ok', act('retry'))
    const { say: speak, end } = await speaking
    const { message } = await bo.heard('message', (frame) => frame.message.variants?.count === 2)
    expect(message).toMatchObject({
      id: first.id,
      streaming: true,
      seq: first.seq,
      text: '',
      variants: { index: 1, count: 2 },
    })
    expect(message.rev).toBe(first.rev + 1)
    expect(await ada.refusal(act('retry'))).toMatchObject({ code: 'conflict' })
    expect(await ada.refusal(act('variant', { index: 0 }))).toMatchObject({ code: 'conflict' })
    speak('Two.')
    end()
    await bo.heard('message', (frame) => frame.message.text === 'Two.')

    expect(await bo.refusal(act('variant', { index: 0 }))).toMatchObject({ code: 'forbidden' })
    await ada.ask('ok', act('variant', { index: 0 }))
    const { message: shown } = await bo.heard('message', (frame) => frame.message.variants?.index === 0)
    expect(shown).toMatchObject({ text: first.text, ended: 'done', variants: { index: 0, count: 2 } })
    expect(shown.rev).toBe(message.rev + 2)
    expect(await all(bo, place)).toEqual([prompt, shown])
    expect(await ada.refusal(act('variant', { index: 2 }))).toMatchObject({ code: 'not_found' })
    await ada.ask('ok', act('variant', { index: 1 }))
    expect((await all(bo, place)).at(-1)).toMatchObject({ text: 'Two.', variants: { index: 1, count: 2 } })
  })

  test('[T11] is there ten times at most', async () => {
    const place = await talk()
    await say(ada, place, '@assistant a number?')
    const { id } = await over(ada, place)
    const retry = { action: 'retry', room: place, id }
    for (let count = 2; count <= limits.variantsMax; count += 1) {
      await ada.ask('ok', retry)
      await ada.heard('message', (frame) => frame.message.variants?.count === count && !frame.message.streaming)
    }
    expect(await ada.refusal(retry)).toMatchObject({ code: 'conflict' })
  })

  test('[T11] is not there for what no bot of this server answered', async () => {
    const place = await talk()
    const own = await say(ada, place, 'by a person')
    expect(await ada.refusal({ action: 'retry', room: place, id: own.id })).toMatchObject({ code: 'forbidden' })
    expect(await ada.refusal({ action: 'retry', room: place, id: newId() })).toMatchObject({ code: 'not_found' })
  })
})

describe('what one has missed', () => {
  test('[U7] is told to all devices of the asker, to nobody else, and kept nowhere', async () => {
    const place = await talk()
    const phone = await connect(bo.person)
    await say(ada, place, 'The ship sails at nine.')
    const speaking = model.next()
    await bo.ask('ok', { action: 'catchup', room: place })
    const { asked, say: speak, end } = await speaking
    expect(JSON.stringify(asked.body)).toContain('The ship sails at nine.')
    speak('- The ship')
    const first = await phone.heard('note', (frame) => frame.streaming === true)
    expect(first).toMatchObject({ room: place, text: '- The ship' })
    speak(' sails at nine.')
    end()
    const last = await bo.heard('note', (frame) => frame.streaming === undefined)
    expect(last).toMatchObject({ id: first.id, room: place, text: '- The ship sails at nine.' })
    await settled(bo, ada, root)
    expect([...ada.waiting('note'), ...root.waiting('note')]).toEqual([])
    expect(await all(bo, place)).toHaveLength(1)
    const stranger = await visitor()
    expect(await stranger.refusal({ action: 'catchup', room: place })).toMatchObject({ code: 'not_found' })
  })
})
