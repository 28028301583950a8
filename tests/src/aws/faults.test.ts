import type { Down } from '@parley/protocol'
import { describe, expect, test, vi } from 'vitest'
import { provider } from '../harness/model.ts'
import { awsWorld, newId, say, settled } from '../harness/world.ts'
import { inOrder, insist, synced } from './insist.ts'

const model = await provider()
const { deployment, guest, connect, socket, visitor, member, room } = await awsWorld(model.settings)
const ada = await member()

describe('functions that die between any two calls, posts that are refused, and queues that double and delay', () => {
  test('lose nothing that was acknowledged, and double nothing', async () => {
    const place = await room('public', ada)
    const writers = await Promise.all([guest(), guest()].map(async (person) => connect(await person)))
    for (const writer of writers) await writer.ask('room', { action: 'join', room: place })
    await deployment.setFaults({
      dieEvery: 31,
      throttleChance: 0.2,
      doubleChance: 0.3,
      delayMs: 100,
      dropDisconnectChance: 1,
    })
    const said = await Promise.all(
      writers.map(async (writer, number) => {
        const own = []
        for (let index = 0; index < 9; index += 1) own.push(await insist(writer, place, `${number} says ${index}`))
        return own
      }),
    )
    expect(await deployment.deaths()).toBeGreaterThan(3)
    await deployment.setFaults({})
    const reader = await connect(await guest())
    await reader.ask('room', { action: 'join', room: place })
    const kept = await synced(reader, place)
    expect(kept.map(({ rev }) => rev)).toEqual(kept.map((_, index) => index + 1))
    expect(new Set(kept.map(({ id }) => id)).size).toBe(18)
    expect(kept).toEqual(inOrder(said.flat()))
    for (const own of said) expect(own).toEqual(inOrder(own))
  })
})

describe('functions that run out of time, as behind a service that does not answer', () => {
  test('are answered by the gateway in their place; what is said again is there once', async () => {
    const place = await room('private', ada)
    await deployment.setFaults({ stallEvery: 12, stallIn: 'Message', stalls: 3, limitMs: 2_000 })
    const said = []
    for (let index = 0; index < 12; index += 1) said.push(await insist(ada, place, `says ${index}`))
    expect(await deployment.deaths()).toBe(3)
    await deployment.setFaults({})
    expect(await synced(ada, place)).toEqual(said)
    expect(said.map(({ rev }) => rev)).toEqual(said.map((_, index) => index + 1))
  })
})

describe('a gateway that takes no posts for a while', () => {
  test('has them brought when it does', async () => {
    const bo = await visitor()
    const place = await room('private', ada, bo)
    await deployment.setFaults({ throttleChance: 1 })
    const said = [await say(ada, place, 'one'), await say(ada, place, 'two')]
    expect(bo.waiting('message')).toEqual([])
    await deployment.setFaults({})
    for (const { id } of said) await bo.heard('message', ({ message }) => message.id === id)
    expect(await synced(bo, place)).toEqual(said)
  })
})

describe('frames of one client that are handled at the same time', () => {
  test('behind its hello and twice each, are all answered, and stored once', async () => {
    const place = await room('public', ada)
    const person = await guest()
    await (await connect(person)).ask('room', { action: 'join', room: place })
    const hasty = await socket(person, { anyRef: true })
    const frames = Array.from({ length: 12 }, (_, index) => ({
      action: 'send',
      room: place,
      id: newId(),
      text: `${index}`,
    }))
    const greeted = hasty.ask('welcome', { action: 'hello', v: 1 })
    const answers = await Promise.all([...frames, ...frames].map((frame) => hasty.ask('message', frame)))
    await greeted
    const [once, again] = [answers.slice(0, 12), answers.slice(12)].map((half) => half.map(({ message }) => message))
    expect(again).toEqual(once)
    const kept = await synced(ada, place)
    expect(kept).toEqual(inOrder(once ?? []))
    expect(kept.map(({ rev }) => rev)).toEqual(frames.map((_, index) => index + 1))
  })
})

describe('a connection whose end nobody was told of', () => {
  test('is over when its lease is, and takes nothing from anybody else', async () => {
    const lost = await visitor()
    const place = await room('private', ada, lost)
    await deployment.setFaults({ dropDisconnectChance: 1 })
    lost.vanish()
    await lost.closed
    await ada.ask('pong', { action: 'ping' })
    const said = [await say(ada, place, 'into the void')]
    // A lease lasts thirteen minutes; who pings meanwhile has another.
    for (let step = 0; step < 2; step += 1) {
      await deployment.advance(8 * 60_000)
      await ada.ask('pong', { action: 'ping' })
    }
    await ada.heard('presence', ({ user, online }) => user === lost.me.id && !online)
    await deployment.setFaults({})
    said.push(await say(ada, place, 'and again'))
    const back = await connect(lost.person)
    expect(await synced(back, place)).toEqual(said)
    await settled(ada, back)
  })
})

describe('a bot worker that dies', () => {
  test('is followed by another, which takes the reply up and ends it', async () => {
    const place = await room('private', ada)
    await deployment.setFaults({ dieEvery: 20, dieIn: 'Bot', deaths: 1 })
    const prompt = await insist(ada, place, '@assistant tell me')
    await vi.waitUntil(async () => (await deployment.deaths()) === 1, 30_000)
    // The queue shows the job again when the time of the one that died is over, and so is its hold of the reply.
    await ada.ask('pong', { action: 'ping' })
    await deployment.advance(30_000)
    const ended = ({ message }: Down<'message'>): boolean =>
      message.replyTo === prompt.id && message.ended !== undefined
    expect((await ada.heard('message', ended, 55_000)).message).toMatchObject({ text: 'Hello there.', ended: 'done' })
    expect((await synced(ada, place)).filter(({ replyTo }) => replyTo === prompt.id)).toHaveLength(1)
  })
})
