import { isRefusal } from '@parley/core'
import type { Down, RoomId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { ModelFailure } from './failure.ts'
import { type BotWorld, botWorld, general, notStopped } from './testing/bot-world.ts'

const setUp = async (options: Parameters<typeof botWorld>[0] = {}) => {
  const world = await botWorld(options)
  const bo = await world.person('Bo')
  const clients = {
    ada: await world.connect(world.ada),
    other: await world.connect(world.ada),
    bo: await world.connect(bo),
  }
  return { ...world, bo, clients }
}
const ask = async (world: BotWorld, room = general) => {
  const answer = await world.chat.execute(world.ada.actor, { action: 'catchup', room })
  if (isRefusal(answer)) throw new Error(answer.message)
  return world.bot.work(world.job(), notStopped())
}
const notes = (client: { readonly heard: readonly Down[] }): readonly Down<'note'>[] =>
  client.heard.filter((frame): frame is Down<'note'> => frame.type === 'note')

describe('catching up', () => {
  test('[U7] tells the asker alone, on all devices, bit by bit and then whole', async () => {
    const world = await setUp()
    await world.say('The ship sails at nine.', { by: world.bo })
    const worked = ask(world)
    const call = await world.model.call(0)
    call.say('- Bo says the ship')
    await world.pass(300)
    call.say(' sails at nine.')
    await world.pass(300)
    call.end()
    expect(await worked).toBe('done')
    const heard = notes(world.clients.ada)
    expect(heard.map(({ text, streaming }) => [text, streaming])).toEqual([
      ['- Bo says the ship', true],
      ['- Bo says the ship sails at nine.', true],
      ['- Bo says the ship sails at nine.', undefined],
    ])
    expect(new Set(heard.map(({ id }) => id)).size).toBe(1)
    expect(notes(world.clients.other)).toEqual(heard)
    expect(notes(world.clients.bo)).toEqual([])
    expect(await world.messages()).toHaveLength(1)
  })

  test('asks about what others said after the marker', async () => {
    const world = await setUp()
    await world.say('old words', { by: world.bo })
    await world.chat.execute(world.ada.actor, { action: 'read', room: general, seq: 1 })
    await world.say('my own words')
    await world.say('new words', { by: world.bo })
    void ask(world)
    const { request } = await world.model.call(0)
    const asked = JSON.stringify(request)
    expect(asked).toContain('Bo: new words')
    expect(asked).toContain('They are for Ada')
    for (const words of ['old words', 'my own words']) expect(asked).not.toContain(words)
  })

  test('with nothing unread asks no model', async () => {
    const world = await setUp()
    await world.say('only my words')
    expect(await ask(world)).toBe('done')
    expect(world.model.calls).toEqual([])
    expect(notes(world.clients.ada)).toMatchObject([{ text: 'You have read everything here.' }])
  })

  test('[U8] of a model that fails ends with a line', async () => {
    const world = await setUp()
    await world.say('words', { by: world.bo })
    const worked = ask(world)
    const call = await world.model.call(0)
    call.fail(new ModelFailure('unavailable', { detail: 'no connection' }))
    expect(await worked).toBe('done')
    const last = notes(world.clients.ada).at(-1)
    expect(last).toMatchObject({ text: 'The model cannot be reached right now. Try again in a moment.' })
    expect(last).not.toHaveProperty('streaming')
    expect(await world.ports.ledger.on(world.clock.iso().slice(0, 10))).toEqual([])
  })

  test('is paid for by the asker, and refused when the budget is used up', async () => {
    const world = await setUp({ settings: { budget: { person: 15, room: null } } })
    await world.say('words', { by: world.bo })
    const worked = ask(world)
    const call = await world.model.call(0)
    call.say('- words')
    call.end('stop', { tokensIn: 10, tokensOut: 5 })
    await worked
    const day = world.clock.iso().slice(0, 10)
    expect(await world.ports.ledger.spent({ day, user: world.ada.id })).toBe(15)
    expect(await ask(world)).toBe('done')
    expect(world.model.calls).toHaveLength(1)
    expect(notes(world.clients.ada).at(-1)?.text).toContain("Today's budget")
  })

  test('by a server that stops says nothing more, and the job is to be done again', async () => {
    const world = await setUp()
    await world.say('words', { by: world.bo })
    await world.chat.execute(world.ada.actor, { action: 'catchup', room: general })
    const stop = new AbortController()
    const worked = world.bot.work(world.job(), stop.signal)
    const call = await world.model.call(0)
    call.say('- wo')
    stop.abort()
    await expect(worked).rejects.toThrow()
    const again = world.bot.work(world.job(), notStopped())
    const next = await world.model.call(1)
    next.say('- words')
    next.end()
    await again
    const heard = notes(world.clients.ada)
    expect(heard.at(-1)).toMatchObject({ text: '- words' })
    expect(new Set(heard.map(({ id }) => id)).size).toBe(1)
  })

  test('is for who may read the room, at the time of the answer too', async () => {
    const world = await setUp()
    const den = 'den' as RoomId
    await world.chat.execute(world.bo.actor, { action: 'create', room: den, kind: 'private' })
    expect(await world.chat.execute(world.ada.actor, { action: 'catchup', room: den })).toMatchObject({
      refused: 'not_found',
    })
    await world.chat.execute(world.bo.actor, { action: 'invite', room: den, user: world.ada.id })
    await world.say('den words', { by: world.bo, room: den })
    await world.chat.execute(world.ada.actor, { action: 'catchup', room: den })
    await world.chat.execute(world.bo.actor, { action: 'remove', room: den, user: world.ada.id })
    expect(await world.bot.work(world.job(), notStopped())).toBe('done')
    expect(world.model.calls).toEqual([])
    expect(notes(world.clients.ada)).toEqual([])
  })
})
