import { isRefusal } from '@parley/core'
import type { MessageId, RoomBotChange, RoomId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import type { Catalogue, NamedModel } from './catalogue.ts'
import { type BotWorld, botWorld, catalogueOf, general, notStopped } from './testing/bot-world.ts'
import type { HandModel } from './testing/hand-model.ts'

const set = async ({ chat, person }: BotWorld, bot: RoomBotChange): Promise<void> => {
  const boss = await person(`Boss ${crypto.randomUUID().slice(0, 8)}`, { role: 'admin' })
  const answer = await chat.execute(boss.actor, { action: 'set', room: general, bot })
  if (isRefusal(answer)) throw new Error(answer.message)
}
const askedIn = async (world: BotWorld) => (await world.begin('@assistant hello')).call.request

describe('how a model is set', () => {
  const named: Partial<NamedModel> = {
    defaults: { temperature: 0.3, topP: 0.9 },
    limits: { temperature: [0, 1], maxTokens: 500 },
  }

  test("by its owner's defaults, and no longer than the owner's limit", async () => {
    const { parameters } = await askedIn(await botWorld({ named }))
    expect(parameters).toEqual({ temperature: 0.3, topP: 0.9, maxTokens: 500 })
  })

  test('by the room instead, within the limits', async () => {
    const world = await botWorld({ named })
    await set(world, { temperature: 2, maxTokens: 100, frequencyPenalty: 1, presencePenalty: -1 })
    expect((await askedIn(world)).parameters).toEqual({
      temperature: 1,
      topP: 0.9,
      maxTokens: 100,
      frequencyPenalty: 1,
      presencePenalty: -1,
    })
    await set(world, { temperature: null, maxTokens: 9_000, frequencyPenalty: null, presencePenalty: null })
    expect((await askedIn(world)).parameters).toEqual({ temperature: 0.3, topP: 0.9, maxTokens: 500 })
  })

  test("by what the asker wishes of this one reply, in the room's place and within the limits", async () => {
    const world = await botWorld({ named })
    await set(world, { temperature: 0.7, maxTokens: 100, topP: 0.5 })
    const parameters = { temperature: 0, maxTokens: 2_000, topP: 1, frequencyPenalty: 0.5, presencePenalty: 0.1 }
    const asks = { bot: world.assistant, parameters }
    const id = crypto.randomUUID() as MessageId
    await world.chat.execute(world.ada.actor, { action: 'relay', room: general, id, text: 'hello', asks })
    void world.bot.work(world.job(), notStopped())
    expect((await world.model.call(0)).request.parameters).toEqual({ ...parameters, maxTokens: 500 })
  })

  test('by the model that the asker names, or the default one where there is none of that name', async () => {
    const asked: (string | undefined)[] = []
    const catalogue = (model: HandModel): Catalogue => {
      const known = catalogueOf({ model })
      return {
        ...known,
        model: (name) => {
          asked.push(name)
          return known.model(name)
        },
      }
    }
    const world = await botWorld({ catalogue })
    await set(world, { model: 'scripted' })
    await world.begin('@assistant hello')
    expect(asked).toEqual(['scripted'])
    const id = crypto.randomUUID() as MessageId
    const asks = { bot: world.assistant, model: 'text-davinci-003' }
    await world.chat.execute(world.ada.actor, { action: 'relay', room: general, id, text: 'hello', asks })
    void world.bot.work(world.job(), notStopped())
    await world.model.call(1)
    expect(asked).toEqual(['scripted', 'text-davinci-003'])
  })

  test('by nothing where nothing is set, so that the provider decides', async () => {
    expect((await askedIn(await botWorld())).parameters).toEqual({})
  })
})

describe('what a model is told about itself', () => {
  const systemOf = async (world: BotWorld): Promise<string> => (await askedIn(world)).messages[0]?.text ?? ''

  test("are the instructions of the bot, then the room's", async () => {
    const world = await botWorld()
    const change = { action: 'change-bot', user: world.assistant, instructions: 'Speak like a sailor.' } as const
    await world.chat.execute({ kind: 'system' }, change)
    await set(world, { instructions: 'Mention the harbour.' })
    const told = await systemOf(world)
    expect(told).toContain('You are assistant, a bot')
    expect(told.indexOf('Speak like a sailor.')).toBeGreaterThan(0)
    expect(told.indexOf('Mention the harbour.')).toBeGreaterThan(told.indexOf('Speak like a sailor.'))
    await set(world, { instructions: null })
    expect(await systemOf(world)).not.toContain('harbour')
  })

  test("are the room's name and the day", async () => {
    const world = await botWorld()
    const told = await systemOf(world)
    expect(told).toContain('the public chat room "general"')
    expect(told).toContain('Thursday, 1 January 2026')
  })
})

test("which model speaks: the room's, else the bot's, else the default", async () => {
  const asked: (string | undefined)[] = []
  const world = await botWorld({
    catalogue: (model) => ({
      names: ['scripted', 'other'],
      configured: true,
      model: (name) => {
        asked.push(name)
        return catalogueOf({ model }).model(name)
      },
    }),
  })
  await askedIn(world)
  await world.chat.execute({ kind: 'system' }, { action: 'change-bot', user: world.assistant, model: 'other' })
  await askedIn(world)
  await set(world, { model: 'scripted' })
  await askedIn(world)
  expect(asked).toEqual([undefined, 'other', 'scripted'])
})

describe('what a model hears of a room', () => {
  test('are its messages with the names of their authors, and its own replies', async () => {
    const world = await botWorld()
    const bo = await world.guest('Bo')
    await world.say('The ship sails at nine.')
    await world.say('From which pier?\nThe old one?', { by: bo })
    await world.answered('@assistant remember this', 'I shall.')
    const { messages } = await askedIn(world)
    expect(messages.slice(1).map(({ role, text }) => [role, text])).toEqual([
      ['user', 'Ada: The ship sails at nine.'],
      ['user', 'Bo (guest): From which pier?\n  The old one?'],
      ['user', 'Ada: @assistant remember this'],
      ['assistant', 'I shall.'],
      ['user', 'Ada: @assistant hello'],
    ])
  })

  test('is nothing that was deleted, that failed, or that is said elsewhere', async () => {
    const world = await botWorld()
    const den = 'den' as RoomId
    await world.chat.execute(world.ada.actor, { action: 'create', room: den, kind: 'private' })
    await world.say('said in the den', { room: den })
    await world.answered('@assistant in the den', 'a den answer', { room: den })
    const id = await world.say('deleted words')
    await world.chat.execute(world.ada.actor, { action: 'delete', room: general, id })
    const heard = JSON.stringify(await askedIn(world))
    for (const word of ['said in the den', 'a den answer', 'deleted words']) expect(heard).not.toContain(word)
  })

  test('is nothing that came after the prompt', async () => {
    const world = await botWorld()
    const { id } = await world.answered('@assistant one?', 'One.')
    await world.say('later words')
    await world.chat.execute(world.ada.actor, { action: 'retry', room: general, id })
    void world.bot.work(world.job(), notStopped())
    expect(JSON.stringify((await world.model.call(1)).request)).not.toContain('later words')
  })

  test('is as much as its window holds, and always the prompt', async () => {
    const world = await botWorld({ named: { contextTokens: 1_200, provider: 'scripted' } })
    for (let line = 0; line < 60; line += 1) await world.say(`line ${line} ${'word '.repeat(15)}`)
    const { messages } = await askedIn(world)
    expect(messages.length).toBeGreaterThan(5)
    expect(messages.length).toBeLessThan(40)
    expect(messages.at(-2)?.text).toContain('line 59')
    expect(messages.at(-1)?.text).toContain('@assistant hello')
  })
})

describe('when a bot is asked', () => {
  const asks = async (bot: RoomBotChange, text: string, by: 'member' | 'guest' | 'admin' = 'member') => {
    const world = await botWorld()
    await set(world, bot)
    const who =
      by === 'guest' ? await world.guest('Bo') : await world.person('Bo', { role: by === 'admin' ? 'admin' : 'member' })
    await world.say(text, { by: who })
    return world.jobs.kept.length
  }

  test.each([
    ['off', '@assistant hi', 0],
    ['mentioned', '@assistant hi', 1],
    ['mentioned', 'hi @ASSISTANT, you there?', 1],
    ['mentioned', 'assistant', 0],
    ['mentioned', '@assistants', 0],
    ['mentioned', 'mail me@assistant.example', 0],
    ['replied', 'hi all', 0],
    ['always', 'hi all', 1],
  ] as const)('[U1][U2] with "%s", by "%s": %i times', async (speaks, text, times) => {
    expect(await asks({ speaks }, text)).toBe(times)
  })

  test('[U2] "replied" is for replies to a bot, "mentioned" is not', async () => {
    for (const [speaks, times] of [
      ['replied', 2],
      ['mentioned', 1],
    ] as const) {
      const world = await botWorld()
      await set(world, { speaks })
      const { id } = await world.answered('@assistant hi', 'Hello.')
      await world.say('and you?', { replyTo: id })
      const { id: own } = (await world.messages()).at(-1) ?? { id }
      await world.say('to a person', { replyTo: own })
      expect(world.jobs.kept).toHaveLength(times)
    }
  })

  test.each([
    ['everybody', 'guest', 1],
    ['members', 'guest', 0],
    ['members', 'member', 1],
    ['admins', 'member', 0],
    ['admins', 'admin', 1],
  ] as const)('[U3] where "%s" may ask, by a %s: %i times', async (who, by, times) => {
    expect(await asks({ asks: who }, '@assistant hi', by)).toBe(times)
  })

  test('[U2] in a direct room with it, always', async () => {
    const world = await botWorld()
    const answer = await world.chat.execute(world.ada.actor, { action: 'direct', with: [world.assistant] })
    if (isRefusal(answer)) throw new Error(answer.message)
    await world.answered('no name said', 'Yes?', { room: answer.room.id })
    expect((await world.messages(world.ada, answer.room.id)).at(-1)?.text).toBe('Yes?')
  })
})
