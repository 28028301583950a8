import type { Down } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { botWorld, general, quiet } from './testing/bot-world.ts'

/** Letters that tell where they stand. */
const textOf = (units: number): string => Array.from({ length: units }, (_, at) => 'abcdefghij'[at % 10]).join('')

describe('a reply grows', () => {
  test('at most ten times in any second, however fast the model speaks', async () => {
    const world = await botWorld()
    const { call, worked } = await world.begin('@assistant go')
    const whole = textOf(300)
    for (let at = 0; at < 300; at += 1) {
      call.say(whole.slice(at, at + 1))
      await world.pass(10)
    }
    call.end()
    await worked
    const times = world.told.filter(({ type }) => type === 'text-grown').map(({ at }) => at)
    expect(times.length).toBeGreaterThan(20)
    for (const from of times) expect(times.filter((at) => at >= from && at < from + 1_000).length).toBeLessThan(11)
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
    expect(Math.max(...gaps)).toBeLessThanOrEqual(200)
    expect((await world.latest()).text).toBe(whole)
  })

  test('a little more rarely where it is long, and every two seconds at the least', async () => {
    const world = await botWorld()
    const { call, worked } = await world.begin('@assistant go')
    call.say(textOf(24_000))
    await world.pass(500)
    for (let piece = 0; piece < 60; piece += 1) {
      call.say(textOf(100))
      await world.pass(50)
    }
    const times = world.told.filter(({ type }) => type === 'text-grown').map(({ at }) => at)
    expect(times.length).toBeGreaterThan(5)
    const gaps = times.slice(1).map((at, index) => at - (times[index] ?? 0))
    expect(Math.min(...gaps)).toBeGreaterThanOrEqual(400)
    expect(Math.max(...gaps)).toBeLessThan(2_000)
    call.end()
    await worked
    expect((await world.latest()).text).toHaveLength(30_000)
  })

  test('[T3] by what is in the store already when it is told', async () => {
    const world = await botWorld()
    const client = await world.connect(world.ada)
    const { call, worked } = await world.begin('@assistant go')
    const pieces = ['One, ', 'two 👍, ', 'three.']
    for (const [index, piece] of pieces.entries()) {
      call.say(piece)
      await world.pass(100)
      const deltas = client.heard.filter((frame): frame is Down<'delta'> => frame.type === 'delta')
      expect(deltas).toHaveLength(index + 1)
      const { messages } = (await client.say({ action: 'history', room: general })) as Down<'page'>
      const held = messages.at(-1)
      expect(deltas.at(-1)).toMatchObject({ id: held?.id, rev: held?.rev, text: piece })
      expect(held?.text).toBe(pieces.slice(0, index + 1).join(''))
    }
    call.end()
    await worked
    expect((await world.latest()).text).toBe(pieces.join(''))
  })

  test('by the end at once, though the next time has not come', async () => {
    const world = await botWorld()
    const { call, worked } = await world.begin('@assistant go')
    call.say('All of it')
    call.end('length')
    await worked
    expect(await world.latest()).toMatchObject({ text: 'All of it', ended: 'length' })
  })
})

test('while a model is silent the reply is kept as one that is being made', async () => {
  const world = await botWorld()
  const { call, worked } = await world.begin('@assistant think hard')
  for (let minute = 0; minute < 2; minute += 1) {
    await world.pass(60_000)
    await world.chat.wake()
    expect(await world.latest()).toMatchObject({ streaming: true })
  }
  call.say('Hm.')
  call.end()
  await worked
  expect(await world.latest()).toMatchObject({ text: 'Hm.', ended: 'done' })
})

test('a storage that fails for some seconds costs nothing but the pieces that were told then', async () => {
  let isDown = false
  const world = await botWorld({
    engine: (chat) => ({
      ...chat,
      execute: (actor, command) =>
        isDown && command.action === 'keep-reply'
          ? Promise.resolve({ refused: 'unavailable', message: 'down', retry: 1 } as never)
          : chat.execute(actor, command),
    }),
  })
  const { call, worked } = await world.begin('@assistant go')
  isDown = true
  await world.pass(15_000)
  expect(call.signal.aborted).toBe(false)
  isDown = false
  await world.pass(15_000)
  await world.chat.wake()
  call.say('Still here.')
  call.end()
  expect(await worked).toBe('done')
  await quiet()
  expect(await world.latest()).toMatchObject({ text: 'Still here.', ended: 'done' })
})

test('a storage that fails when the reply grows gives the job back, to be done anew', async () => {
  let isDown = false
  const world = await botWorld({
    engine: (chat) => ({
      ...chat,
      execute: (actor, command) =>
        isDown
          ? Promise.resolve({ refused: 'unavailable', message: 'down', retry: 1 } as never)
          : chat.execute(actor, command),
    }),
  })
  const { call, worked, job } = await world.begin('@assistant go')
  call.say('Half of')
  await world.pass(100)
  isDown = true
  call.say(' it')
  call.end()
  await expect(worked).rejects.toThrow('down')
  isDown = false
  await world.pass(21_000)
  const again = world.bot.work(job, new AbortController().signal)
  const next = await world.model.call(1)
  next.say('All of it')
  next.end()
  expect(await again).toBe('done')
  expect((await world.messages()).map(({ text }) => text)).toEqual(['@assistant go', 'All of it'])
})
