import { type BudgetLeft, isRefusal } from '@parley/core'
import type { RoomId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { ModelFailure } from './failure.ts'
import { type BotWorld, botWorld, general, notStopped } from './testing/bot-world.ts'

const ofReply = async ({ chat, person, latest }: BotWorld) => {
  const boss = await person('Boss', { role: 'admin' })
  const answer = await chat.execute(boss.actor, {
    action: 'see-reply-usage',
    room: general,
    message: (await latest()).id,
  })
  if (isRefusal(answer)) throw new Error(answer.message)
  return answer
}
const price = { in: 2, out: 10, currency: 'USD', asOf: '2026-01-01' } as const

describe('what a reply has used', () => {
  test('is kept once, as the provider counts it, with its price', async () => {
    const world = await botWorld({ named: { price } })
    await world.answered('@assistant hi', 'Hello')
    await world.bot.work(world.job(), notStopped())
    expect(await ofReply(world)).toEqual([
      { model: 'test', at: world.clock.iso(), variant: 0, tokensIn: 10, tokensOut: 5, cost: 0.00007, estimated: false },
    ])
  })

  test('is estimated where the provider does not say, and its price not known where it is not', async () => {
    const world = await botWorld()
    const { call, worked } = await world.begin('@assistant hi')
    call.say('A hundred letters and so on. '.repeat(4))
    call.end()
    await worked
    const [used] = await ofReply(world)
    expect(used).toMatchObject({ estimated: true, cost: null })
    expect(used?.tokensIn).toBeGreaterThan(50)
    expect(used?.tokensOut).toBeGreaterThan(20)
    expect(used?.tokensOut).toBeLessThan(80)
  })

  test('is kept of a stopped one too, and of each of the variants', async () => {
    const world = await botWorld()
    const { call, worked } = await world.begin('@assistant hi')
    call.say('Half')
    await world.pass(100)
    const place = { room: general, id: (await world.latest()).id }
    await world.chat.execute(world.ada.actor, { action: 'stop', ...place })
    await world.pass(1_000)
    await worked
    await world.chat.execute(world.ada.actor, { action: 'retry', ...place })
    const again = world.bot.work(world.job(), notStopped())
    const next = await world.model.call(1)
    next.say('Whole')
    next.end('stop', { tokensIn: 3, tokensOut: 4 })
    await again
    expect(await ofReply(world)).toMatchObject([
      { variant: 0, estimated: true, tokensOut: 1 },
      { variant: 1, estimated: false, tokensIn: 3, tokensOut: 4 },
    ])
  })

  test('is nothing where the provider refused', async () => {
    const world = await botWorld()
    const { call, worked } = await world.begin('@assistant hi')
    call.fail(new ModelFailure('rate_limited'))
    await worked
    expect(await ofReply(world)).toEqual([])
  })
})

describe('a budget', () => {
  const withBudget = (budget: BudgetLeft) => botWorld({ settings: { budget } })
  const ask = async (world: BotWorld, by = world.ada, room = general) => {
    await world.say('@assistant more', { by, room })
    const asked = world.model.calls.length
    const worked = world.bot.work(world.job(), notStopped())
    return { worked, wasAsked: () => world.model.calls.length > asked }
  }

  test('[U9] of a person that is used up is told, and no model is asked', async () => {
    const world = await withBudget({ person: 15, room: null })
    await world.answered('@assistant hi', 'Hello')
    const { worked, wasAsked } = await ask(world)
    expect(await worked).toBe('done')
    expect(wasAsked()).toBe(false)
    expect(await world.latest()).toMatchObject({
      text: "You have used up today's budget of this server's models. It begins anew at midnight UTC.",
      ended: 'failed',
    })
    const bo = await world.person('Bo')
    await world.answered('@assistant hi', 'Hello, Bo', { by: bo })
    expect((await world.latest()).text).toBe('Hello, Bo')
  })

  test('[U9] of a room that is used up is told to everybody there, and nowhere else', async () => {
    const world = await withBudget({ person: null, room: 15 })
    const [bo, den] = [await world.person('Bo'), 'den' as RoomId]
    await world.chat.execute(bo.actor, { action: 'create', room: den, kind: 'public' })
    await world.answered('@assistant hi', 'Hello')
    const { worked, wasAsked } = await ask(world, bo)
    await worked
    expect(wasAsked()).toBe(false)
    expect((await world.latest()).text).toContain('This room has used up')
    await world.answered('@assistant hi', 'Hello in the den', { by: bo, room: den })
    expect((await world.messages(bo, den)).at(-1)?.text).toBe('Hello in the den')
  })

  test('[U9] begins anew with the day', async () => {
    const world = await withBudget({ person: 15, room: null })
    await world.answered('@assistant hi', 'Hello')
    world.clock.pass(24 * 60 * 60 * 1_000)
    await world.answered('@assistant hi', 'Good morning')
    expect((await world.latest()).text).toBe('Good morning')
  })

  test('bounds the length of a reply where it is about to run out', async () => {
    const world = await withBudget({ person: 100, room: 80 })
    const { call } = await world.begin('@assistant hi')
    expect(call.request.parameters).toEqual({ maxTokens: 80 })
  })

  test('that is not set is not looked at', async () => {
    const world = await withBudget({ person: null, room: null })
    await world.answered('@assistant hi', 'Hello')
    const { call } = await world.begin('@assistant hi')
    expect(call.request.parameters).toEqual({})
  })
})
