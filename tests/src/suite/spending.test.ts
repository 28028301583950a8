import { openAiStream } from '@parley/bot/testing'
import type { UsageSum } from '@parley/protocol'
import { expect, test } from 'vitest'
import { provider } from '../harness/model.ts'
import { type Client, say, world } from '../harness/world.ts'

const model = await provider()
/** A reply costs sixty tokens: a person has one and a half a day, a room three. */
model.answer(openAiStream(['Hello'], { tokensIn: 50, tokensOut: 10 }))
const { api, account, connect, member, room } = await world({
  ...model.settings,
  PARLEY_BUDGET_PERSON: '90',
  PARLEY_BUDGET_ROOM: '180',
})
const root = await connect(await account('admin'))
const { token } = root.person

const askIn = async (client: Client, place: string) => {
  const { id } = await say(client, place, '@assistant hi')
  const { message } = await client.heard('message', (frame) => frame.message.replyTo === id && !frame.message.streaming)
  return message
}
const usageOf = async (place: string): Promise<readonly UsageSum[]> =>
  (await api.call('GET /api/usage', { token })).usage.filter((sum) => sum.room === place)

test('[U9] a person whose budget is used up is told so, and no model is asked', async () => {
  const [ada, bo] = [await member(), await member()]
  const place = await room('private', ada, bo)
  expect(await askIn(ada, place)).toMatchObject({ text: 'Hello', ended: 'done' })
  expect(await askIn(ada, place)).toMatchObject({ text: 'Hello', ended: 'done' })
  const asked = model.asked.length
  const refused = await askIn(ada, place)
  expect(refused).toMatchObject({ ended: 'failed', text: expect.stringMatching(/^You have used up today's budget/) })
  const elsewhere = await room('private', ada)
  expect((await askIn(ada, elsewhere)).ended).toBe('failed')
  expect(model.asked.length).toBe(asked)
  expect(await askIn(bo, place)).toMatchObject({ text: 'Hello', ended: 'done' })
})

test('[U9] a room whose budget is used up is told so, to whoever asks', async () => {
  const people = [await member(), await member(), await member()] as const
  const [ada, bo, carl] = people
  const place = await room('private', ada, bo, carl)
  for (const client of [ada, bo, carl]) expect((await askIn(client, place)).ended).toBe('done')
  const asked = model.asked.length
  const refused = await askIn(carl, place)
  expect(refused).toMatchObject({ ended: 'failed', text: expect.stringMatching(/^This room has used up/) })
  expect(model.asked.length).toBe(asked)
  expect((await askIn(carl, await room('private', carl))).ended).toBe('done')
})

test('[U9] a budget that is about to run out bounds the reply', async () => {
  const ada = await member()
  const place = await room('private', ada)
  await askIn(ada, place)
  const speaking = model.next()
  await say(ada, place, '@assistant more')
  const { asked, say: speak, end } = await speaking
  expect(asked.body).toMatchObject({ max_tokens: 30 })
  speak('No.')
  end()
})

test('[H34] what was used is told to admins, by day, room, person, bot and model, and by reply', async () => {
  model.answer(openAiStream(['Hello'], { tokensIn: 50, tokensOut: 10 }))
  const [ada, bo] = [await member(), await member()]
  const place = await room('private', ada, bo)
  const { id, from } = await askIn(ada, place)
  await askIn(bo, place)
  await ada.ask('ok', { action: 'retry', room: place, id })
  await ada.heard('message', (frame) => frame.message.variants?.index === 1 && frame.message.ended === 'done')

  const day = new Date().toISOString().slice(0, 10)
  const common = { day, room: place, bot: from.id, model: 'fake', cost: null }
  const sums = await usageOf(place)
  expect(sums).toHaveLength(2)
  expect(sums).toContainEqual({ ...common, user: ada.me.id, replies: 2, tokensIn: 100, tokensOut: 20 })
  expect(sums).toContainEqual({ ...common, user: bo.me.id, replies: 1, tokensIn: 50, tokensOut: 10 })

  const whole = await api.call('GET /api/usage', { token })
  expect(whole.budgets).toEqual({ person: 90, room: 180 })
  expect(whole.to).toBe(day)
  expect(Date.parse(whole.to) - Date.parse(whole.from)).toBe(29 * 86_400_000)
  const yesterday = new Date(Date.parse(day) - 86_400_000).toISOString().slice(0, 10)
  expect((await api.call('GET /api/usage', { token, query: { from: yesterday, to: yesterday } })).usage).toEqual([])

  const at = [place, id]
  const { usage } = await api.call('GET /api/rooms/{room}/messages/{message}/usage', { token, at })
  const used = { model: 'fake', tokensIn: 50, tokensOut: 10, cost: null, estimated: false }
  expect(usage).toMatchObject([
    { ...used, variant: 0 },
    { ...used, variant: 1 },
  ])
  for (const client of [ada, bo]) {
    const by = { token: client.person.token }
    expect((await api.refusal('GET /api/usage', by)).code).toBe('forbidden')
    const refusal = await api.refusal('GET /api/rooms/{room}/messages/{message}/usage', { ...by, at })
    expect(refusal.code).toBe('forbidden')
  }
  for (const query of [{ from: 'yesterday' }, { from: day, to: yesterday }, { from: '2020-01-01', to: day }]) {
    expect((await api.refusal('GET /api/usage', { token, query })).code).toBe('bad_request')
  }
})
