import type { RoomBotChange } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { botWorld, general, notStopped } from './testing/bot-world.ts'

const setUp = async () => {
  const world = await botWorld()
  const underway = await world.begin('@assistant tell me a story')
  const reply = await world.latest()
  const boss = await world.person('Boss', { role: 'admin' })
  const act = (action: 'stop' | 'retry' | 'delete', by = world.ada) =>
    world.chat.execute(by.actor, { action, room: general, id: reply.id })
  return { ...world, ...underway, reply, boss, act }
}

describe('a reply that is stopped', () => {
  test('[T9] ends the request within a second and keeps what was said', async () => {
    const { call, pass, act, worked, latest, ada } = await setUp()
    call.say('Once upon')
    await pass(100)
    call.say(' a time')
    await act('stop')
    await pass(1_000)
    expect(call.signal.aborted).toBe(true)
    expect(await worked).toBe('done')
    expect(await latest()).toMatchObject({ text: 'Once upon', ended: 'stopped', endedBy: ada.id })
  })

  test('[T9] ends the request while the model is silent, too', async () => {
    const { call, pass, act, worked, latest } = await setUp()
    await pass(30_000)
    expect(call.signal.aborted).toBe(false)
    await act('stop')
    await pass(1_000)
    expect(call.signal.aborted).toBe(true)
    expect(await worked).toBe('done')
    expect(await latest()).toMatchObject({ text: '', ended: 'stopped' })
  })

  test('by its deletion ends the request as well, and stays deleted', async () => {
    const { call, pass, act, worked, latest, boss } = await setUp()
    call.say('Once upon')
    await pass(100)
    await act('delete', boss)
    await pass(1_000)
    expect(call.signal.aborted).toBe(true)
    expect(await worked).toBe('done')
    expect(await latest()).toMatchObject({ text: '', deletedAt: expect.any(String) })
  })

  test('at the moment of its end has one end', async () => {
    const { call, pass, act, worked, latest, reply } = await setUp()
    call.say('Once upon a time.')
    await pass(100)
    call.end()
    await Promise.all([act('stop'), worked])
    const { ended, rev } = await latest()
    expect(['done', 'stopped']).toContain(ended)
    expect(rev).toBe(reply.rev + 1)
  })
})

describe('a server that stops', () => {
  test('leaves the reply as it is, and it is taken up after its lease, empty and told so once', async () => {
    const world = await botWorld()
    const client = await world.connect(world.ada)
    const stop = new AbortController()
    const { call, worked, job } = await world.begin('@assistant go', { signal: stop.signal })
    call.say('Half of')
    await world.pass(500)
    stop.abort()
    await expect(worked).rejects.toThrow()
    expect(call.signal.aborted).toBe(true)
    const left = await world.latest()
    expect(left).toMatchObject({ text: 'Half of', streaming: true })

    expect(await world.bot.work(job, notStopped())).toEqual({ until: expect.any(String) })
    await world.pass(20_000)
    client.forget()
    const again = world.bot.work(job, notStopped())
    const next = await world.model.call(1)
    expect(client.heard).toMatchObject([
      { type: 'message', message: { id: left.id, text: '', streaming: true, rev: left.rev + 1 } },
    ])
    next.say('All of it.')
    next.end()
    expect(await again).toBe('done')
    expect(await world.latest()).toMatchObject({ id: left.id, seq: left.seq, text: 'All of it.', ended: 'done' })
    expect(await world.messages()).toHaveLength(2)
  })

  test('before anything was said leaves a reply that goes on without a restart', async () => {
    const world = await botWorld()
    const stop = new AbortController()
    const { worked, job } = await world.begin('@assistant go', { signal: stop.signal })
    stop.abort()
    await expect(worked).rejects.toThrow()
    const left = await world.latest()
    await world.pass(20_000)
    const again = world.bot.work(job, notStopped())
    const next = await world.model.call(1)
    expect(await world.latest()).toEqual(left)
    next.say('Yes.')
    next.end()
    await again
    expect(await world.latest()).toMatchObject({ text: 'Yes.', ended: 'done' })
    const used = await world.ports.ledger.ofMessage(general, left.id)
    expect(used).toHaveLength(2)
  })

  test('a second time in the middle of the same reply leaves it interrupted', async () => {
    const world = await botWorld()
    await world.say('@assistant go')
    for (const number of [0, 1]) {
      const stop = new AbortController()
      const worked = world.bot.work(world.job(), stop.signal)
      const call = await world.model.call(number)
      call.say(`Attempt ${number}`)
      await world.pass(500)
      stop.abort()
      await expect(worked).rejects.toThrow()
      await world.pass(20_000)
    }
    expect(await world.bot.work(world.job(), notStopped())).toBe('done')
    expect(world.model.calls).toHaveLength(2)
    expect(await world.latest()).toMatchObject({ text: 'Attempt 1', ended: 'interrupted' })
  })

  test('[T8] for good leaves a reply that is ended as interrupted within a minute', async () => {
    const world = await botWorld()
    const stop = new AbortController()
    const { call, worked } = await world.begin('@assistant go', { signal: stop.signal })
    call.say('Half of')
    await world.pass(500)
    stop.abort()
    await expect(worked).rejects.toThrow()
    for (let passed = 0; passed < 60; passed += 10) {
      world.clock.pass(10_000)
      await world.chat.wake()
    }
    expect(await world.latest()).toMatchObject({ text: 'Half of', ended: 'interrupted' })
  })

  test('a maker that was given up cannot go on', async () => {
    const world = await botWorld()
    const { call, worked, job } = await world.begin('@assistant go')
    call.say('Old ')
    await world.pass(100)
    // Its machine sleeps: no sign comes, and another worker takes the reply up.
    world.clock.pass(21_000)
    const again = world.bot.work(job, notStopped())
    const next = await world.model.call(1)
    next.say('New')
    call.say('words')
    await world.pass(1_000)
    expect(call.signal.aborted).toBe(true)
    next.end()
    await Promise.all([worked, again])
    expect(await world.latest()).toMatchObject({ text: 'New', ended: 'done' })
  })
})

describe('a reply that is asked for again', () => {
  test('[T11] is made anew in its place, and both are kept', async () => {
    const world = await botWorld()
    const first = await world.answered('@assistant a number?', 'One.')
    const place = { room: general, id: first.id }
    expect(await world.chat.execute(world.ada.actor, { action: 'retry', ...place })).toMatchObject({ type: 'ok' })
    const worked = world.bot.work(world.job(), notStopped())
    const call = await world.model.call(1)
    expect(call.request).toEqual(world.model.calls[0]?.request)
    expect(await world.latest()).toMatchObject({ text: '', streaming: true, variants: { index: 1, count: 2 } })
    call.say('Two.')
    call.end()
    await worked
    const second = await world.latest()
    expect(second).toMatchObject({ ...first, rev: first.rev + 2, text: 'Two.', variants: { index: 1, count: 2 } })
    await world.chat.execute(world.ada.actor, { action: 'variant', ...place, index: 0 })
    expect(await world.latest()).toMatchObject({ text: 'One.', ended: 'done', variants: { index: 0, count: 2 } })
    await world.chat.execute(world.ada.actor, { action: 'variant', ...place, index: 1 })
    expect(await world.latest()).toMatchObject({ text: 'Two.', ended: 'done', variants: { index: 1, count: 2 } })
  })

  test('[T11] is paid for by who asks again', async () => {
    const world = await botWorld()
    const { id } = await world.answered('@assistant a number?', 'One.')
    const boss = await world.person('Boss', { role: 'admin' })
    await world.chat.execute(boss.actor, { action: 'retry', room: general, id })
    const worked = world.bot.work(world.job(), notStopped())
    const call = await world.model.call(1)
    call.say('Two.')
    call.end('stop', { tokensIn: 7, tokensOut: 3 })
    await worked
    const day = world.clock.iso().slice(0, 10)
    expect(await world.ports.ledger.spent({ day, user: boss.id })).toBe(10)
    expect(await world.ports.ledger.spent({ day, user: world.ada.id })).toBe(15)
  })

  test('twice by the same job is made once', async () => {
    const world = await botWorld()
    const { id } = await world.answered('@assistant a number?', 'One.')
    await world.chat.execute(world.ada.actor, { action: 'retry', room: general, id })
    const works = [0, 1].map(() => world.bot.work(world.job(), notStopped()))
    const call = await world.model.call(1)
    expect(await Promise.race(works)).toEqual({ until: expect.any(String) })
    call.say('Two.')
    call.end()
    await Promise.all(works)
    expect(await world.bot.work(world.job(), notStopped())).toBe('done')
    expect(await world.latest()).toMatchObject({ text: 'Two.', variants: { index: 1, count: 2 } })
    expect(world.model.calls).toHaveLength(2)
  })
})

test('whoever may not, does not stop it', async () => {
  const { chat, guest, boss, act, call, pass } = await setUp()
  const bo = await guest('Bo')
  expect(await act('stop', bo)).toMatchObject({ refused: 'forbidden' })
  await pass(1_000)
  expect(call.signal.aborted).toBe(false)
  const bot: RoomBotChange = { stops: 'everybody' }
  await chat.execute(boss.actor, { action: 'set', room: general, bot })
  expect(await act('stop', bo)).toMatchObject({ type: 'ok' })
  await pass(1_000)
  expect(call.signal.aborted).toBe(true)
})
