import { describe, expect, test } from 'vitest'
import { type Client, newRoomId, nextMillisecond, say, settled, world } from '../harness/world.ts'

const { visitor, member, connect, room } = await world()
const [ada, bo, outsider] = [await member(), await visitor(), await visitor()]

/** A room as a new device of the user finds it. */
const shown = async (client: Client, place: string) => {
  const device = await connect(client.person)
  const { read, unread } = device.welcome.rooms.find(({ id }) => id === place) ?? {}
  await device.close()
  return [read, unread]
}

describe('read', () => {
  test('[M1] moves the marker forward, to the rev of the room at most', async () => {
    const place = await room('public', ada, bo)
    for (let index = 0; index < 5; index += 1) await say(ada, place, `${index}`)
    const steps = [
      [3, [3, 2]],
      [2, [3, 2]],
      [0, [3, 2]],
      [3, [3, 2]],
      [4, [4, 1]],
      [2 ** 53 - 1, [5, 0]],
      [1, [5, 0]],
    ] as const
    for (const [seq, expected] of steps) {
      await bo.ask('ok', { action: 'read', room: place, seq })
      expect(await shown(bo, place)).toEqual(expected)
    }
    await say(ada, place, 'one more')
    expect(await shown(bo, place)).toEqual([5, 1])
  })

  test('[M2] tells the other devices of the user, and the next welcome', async () => {
    const place = await room('public', ada, bo)
    const { seq } = await say(ada, place, 'read me')
    const tablet = await connect(bo.person)
    await bo.ask('ok', { action: 'read', room: place, seq })
    expect(await tablet.heard('read')).toEqual({ type: 'read', room: place, user: bo.me.id, seq })
    expect(await shown(bo, place)).toEqual([seq, 0])
    await tablet.close()
  })

  test('[M2][W9] a marker that does not move is told to nobody', async () => {
    const place = await room('public', ada, bo)
    const { seq } = await say(ada, place, 'read me')
    await bo.ask('ok', { action: 'read', room: place, seq })
    await ada.heard('read')
    await bo.ask('ok', { action: 'read', room: place, seq })
    await bo.ask('ok', { action: 'read', room: place, seq: 0 })
    await settled(bo, ada)
    expect(ada.waiting('read')).toEqual([])
  })

  test('[M3] in direct and in small rooms tells all other connections of the room', async () => {
    const { room: direct } = await ada.ask('room', { action: 'direct', with: [bo.me.id] })
    for (const place of [direct.id, await room('private', ada, bo)]) {
      const { seq } = await say(ada, place, 'read me')
      await bo.ask('ok', { action: 'read', room: place, seq })
      expect(await ada.heard('read')).toEqual({ type: 'read', room: place, user: bo.me.id, seq })
      await settled(bo, ada, outsider)
      expect(bo.waiting('read')).toEqual([])
      expect(outsider.waiting('read')).toEqual([])
    }
  })

  test('[M3] in rooms of more than 20 members tells the own devices alone', async () => {
    const place = await room('public', ada)
    const people = await Promise.all(Array.from({ length: 20 }, () => visitor()))
    const [first = bo, ...others] = people
    for (const client of others) await client.ask('room', { action: 'join', room: place })
    const { seq } = await say(ada, place, 'read me')
    await others[0]?.ask('ok', { action: 'read', room: place, seq })
    await ada.heard('read', (frame) => frame.room === place)
    await first.ask('room', { action: 'join', room: place })
    const tablet = await connect(first.person)
    await first.ask('ok', { action: 'read', room: place, seq })
    expect(await tablet.heard('read')).toMatchObject({ user: first.me.id, seq })
    await settled(first, ada)
    expect(ada.waiting('read', (frame) => frame.user === first.me.id)).toEqual([])
    await Promise.all([...people, tablet].map((client) => client.close()))
  })

  test('[M1] in a room that does not exist is not_found', async () => {
    expect(await ada.refusal({ action: 'read', room: newRoomId(), seq: 0 })).toMatchObject({ code: 'not_found' })
  })
})

describe('unread', () => {
  test('[M4] counts the messages above the marker, own and deleted ones too', async () => {
    const place = await room('public', ada, bo)
    const first = await say(ada, place, 'one')
    await say(bo, place, 'two')
    await say(bo, place, 'three')
    expect(await shown(bo, place)).toEqual([0, 3])
    await ada.ask('message', { action: 'edit', room: place, id: first.id, text: 'changed' })
    await bo.ask('message', { action: 'react', room: place, id: first.id, emoji: '👍', on: true })
    expect(await shown(bo, place)).toEqual([0, 3])
    await ada.ask('message', { action: 'delete', room: place, id: first.id })
    expect(await shown(bo, place)).toEqual([0, 3])
    await bo.ask('ok', { action: 'read', room: place, seq: 1 })
    expect(await shown(bo, place)).toEqual([1, 2])
  })

  test('[M4] says 99 at most', async () => {
    const place = await room('public', ada, bo)
    for (let index = 0; index < 20; index += 1) await Promise.all(Array.from({ length: 5 }, () => say(ada, place, 'x')))
    expect(await shown(bo, place)).toEqual([0, 99])
    await bo.ask('ok', { action: 'read', room: place, seq: 1 })
    expect(await shown(bo, place)).toEqual([1, 99])
    await bo.ask('ok', { action: 'read', room: place, seq: 2 })
    expect(await shown(bo, place)).toEqual([2, 98])
  })

  test('[M5] a new member begins at 0, and sending does not move the marker', async () => {
    const place = await room('public', ada)
    await say(ada, place, 'before')
    await nextMillisecond()
    await bo.ask('room', { action: 'join', room: place })
    expect(await shown(bo, place)).toEqual([0, 1])
    await say(bo, place, 'own')
    expect(await shown(bo, place)).toEqual([0, 2])
    expect(await shown(ada, place)).toEqual([0, 2])
  })

  test('[M5] who leaves and joins again begins anew', async () => {
    const place = await room('public', ada, bo)
    const { seq } = await say(ada, place, 'one')
    await bo.ask('ok', { action: 'read', room: place, seq })
    await bo.ask('room', { action: 'leave', room: place })
    await bo.ask('room', { action: 'join', room: place })
    expect(await shown(bo, place)).toEqual([0, 1])
  })
})
