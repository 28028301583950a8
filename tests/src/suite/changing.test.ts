import { describe, expect, test } from 'vitest'
import { type Client, newId, newRoomId, say, settled, world } from '../harness/world.ts'

const { visitor, member, connect, room } = await world()
const [ada, bo, cleo, root] = [await member(), await visitor(), await member(), await member('admin')]
/** Ada is an admin of the room, Bo and Cleo are members, Root administers the server. */
const place = await room('public', ada, bo, cleo)

const act = (action: string, id: string, rest: object = {}) => ({ action, room: place, id, ...rest })
const react = (id: string, emoji: string, on: boolean) => act('react', id, { emoji, on })
const stands = async (id: string) =>
  (await ada.ask('page', { action: 'history', room: place, limit: 500 })).messages.find((message) => message.id === id)

describe('edit', () => {
  test('[E1] sets text and editedAt, takes a rev and leaves the rest', async () => {
    const sent = await say(bo, place, 'before')
    await ada.ask('message', react(sent.id, '👍', true))
    const { rev, message } = await bo.ask('message', act('edit', sent.id, { text: 'after' }))
    expect(message).toEqual({
      ...sent,
      text: 'after',
      rev: sent.rev + 2,
      editedAt: message.editedAt,
      reactions: { '👍': [ada.me.id] },
    })
    expect(rev).toBe(message.rev)
    expect(Date.parse(message.editedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(sent.at))
    expect(await stands(sent.id)).toEqual(message)
  })

  test('[E2] is for the author alone', async () => {
    const sent = await say(bo, place, 'mine')
    for (const client of [ada, cleo, root]) {
      const refusal = await client.refusal(act('edit', sent.id, { text: 'theirs' }))
      expect(refusal).toMatchObject({ code: 'forbidden', retry: null })
    }
    expect(await stands(sent.id)).toEqual(sent)
  })
})

describe('delete', () => {
  test('[E3] leaves the message in its place without text, reactions and editedAt', async () => {
    const first = await say(bo, place, 'first')
    const sent = await say(bo, place, 'gone soon')
    const reply = await bo.ask('message', { ...act('send', newId(), { text: 'reply' }), replyTo: sent.id })
    await bo.ask('message', act('edit', sent.id, { text: 'edited' }))
    await ada.ask('message', react(sent.id, '👍', true))
    const { rev, message } = await bo.ask('message', act('delete', sent.id))
    expect(message).toEqual({ ...sent, text: '', rev, deletedAt: message.deletedAt })
    expect(rev).toBe(reply.rev + 3)
    expect(Date.parse(message.deletedAt ?? '')).toBeGreaterThanOrEqual(Date.parse(sent.at))
    const { messages } = await ada.ask('page', { action: 'history', room: place, limit: 3 })
    expect(messages).toEqual([first, message, reply.message])
  })

  test.each<[string, Client]>([
    ['its author', bo],
    ['an admin of the room', ada],
    ['an admin of the server who has not joined', root],
  ])('[E4] is for %s', async (_, client) => {
    const sent = await say(bo, place, 'to be deleted')
    const { message } = await client.ask('message', act('delete', sent.id))
    expect(message).toMatchObject({ text: '', from: sent.from })
  })

  test('[E4] is not for other members, nor for who is not in the room', async () => {
    const sent = await say(ada, place, 'to stay')
    const outsider = await visitor()
    for (const client of [bo, cleo, outsider]) {
      expect(await client.refusal(act('delete', sent.id))).toMatchObject({ code: 'forbidden' })
    }
    expect(await stands(sent.id)).toEqual(sent)
  })
})

describe('changes that change nothing, or cannot be', () => {
  test('[E5] are answered with the message as it stands', async () => {
    const sent = await say(bo, place, 'same')
    expect((await bo.ask('message', act('edit', sent.id, { text: 'same' }))).message).toEqual(sent)
    expect((await bo.ask('message', react(sent.id, '🎉', false))).message).toEqual(sent)
    const reacted = await bo.ask('message', react(sent.id, '🎉', true))
    expect(await bo.ask('message', { ...react(sent.id, '🎉', true), ref: reacted.ref })).toEqual(reacted)
    const deleted = await bo.ask('message', act('delete', sent.id))
    expect((await ada.ask('message', act('delete', sent.id))).message).toEqual(deleted.message)
    expect((await say(bo, place, 'next')).rev).toBe(sent.rev + 3)
  })

  test('[E6] to a deleted message are conflict', async () => {
    const sent = await say(bo, place, 'to be deleted')
    const { message } = await bo.ask('message', act('delete', sent.id))
    for (const frame of [act('edit', sent.id, { text: 'back' }), react(sent.id, '👍', true)]) {
      expect(await bo.refusal(frame)).toMatchObject({ code: 'conflict', retry: null })
    }
    expect(await stands(sent.id)).toEqual(message)
  })

  test('[E9] to an id that is not in the room are not_found', async () => {
    const elsewhere = await room('public', bo.me.kind === 'guest' ? cleo : bo)
    const there = await say(cleo, elsewhere, 'elsewhere')
    for (const id of [newId(), there.id]) {
      for (const frame of [act('edit', id, { text: 'x' }), act('delete', id), react(id, '👍', true)]) {
        expect(await cleo.refusal(frame)).toMatchObject({ code: 'not_found', retry: null })
      }
    }
    const nowhere = newRoomId()
    expect(await cleo.refusal({ action: 'delete', room: nowhere, id: there.id })).toMatchObject({ code: 'not_found' })
  })
})

describe('react', () => {
  test('[E7] puts the user under the emoji, and takes it away', async () => {
    const sent = await say(bo, place, 'react')
    const steps: [Client, string, boolean, object | undefined][] = [
      [bo, '👍', true, { '👍': [bo.me.id] }],
      [ada, '👍', true, { '👍': [bo.me.id, ada.me.id] }],
      [ada, '🎉', true, { '👍': [bo.me.id, ada.me.id], '🎉': [ada.me.id] }],
      [bo, '👍', false, { '👍': [ada.me.id], '🎉': [ada.me.id] }],
      [ada, '👍', false, { '🎉': [ada.me.id] }],
      [ada, '🎉', false, undefined],
    ]
    for (const [index, [client, emoji, on, reactions]] of steps.entries()) {
      const { message } = await client.ask('message', react(sent.id, emoji, on))
      expect(message.reactions).toEqual(reactions)
      expect(message.rev).toBe(sent.rev + index + 1)
      expect(await stands(sent.id)).toEqual(message)
    }
  })

  test('[E8] holds 20 different emoji and 200 reactions', async () => {
    const sent = await say(bo, place, 'popular')
    const emoji = Array.from({ length: 21 }, (_, index) => String.fromCodePoint(0x1f600 + index))
    const [last = '', ...rest] = emoji.reverse()
    const people = await Promise.all(Array.from({ length: 10 }, () => visitor()))
    await Promise.all(people.map((person) => person.ask('room', { action: 'join', room: place })))
    for (const one of rest) {
      for (const person of people) await person.ask('message', react(sent.id, one, true))
    }
    const [first = bo] = people
    const full = await stands(sent.id)
    expect(Object.values(full?.reactions ?? {}).flat()).toHaveLength(200)
    expect(await first.refusal(react(sent.id, last, true))).toMatchObject({ code: 'too_large', retry: null })
    expect(await ada.refusal(react(sent.id, rest[0] ?? '', true))).toMatchObject({ code: 'too_large' })
    await first.ask('message', react(sent.id, rest[0] ?? '', false))
    expect(await first.refusal(react(sent.id, last, true))).toMatchObject({ code: 'too_large' })
    await ada.ask('message', react(sent.id, rest[0] ?? '', true))
    await Promise.all(people.map((person) => person.close()))
  })

  test('[E7] by several at the same time is lost by none', async () => {
    const sent = await say(bo, place, 'all at once')
    const clients = [ada, bo, cleo]
    const emoji = ['👍', '🎉', '❤️', '🙂']
    await Promise.all(clients.flatMap((client) => emoji.map((one) => client.ask('message', react(sent.id, one, true)))))
    const everybody = clients.map(({ me }) => me.id).sort()
    const { reactions = {}, rev } = (await stands(sent.id)) ?? sent
    expect(Object.keys(reactions).sort()).toEqual([...emoji].sort())
    for (const users of Object.values(reactions)) expect([...users].sort()).toEqual(everybody)
    expect(rev).toBe(sent.rev + 12)
  })
})

test('[E10] changes are told to the other connections as message, and to the asking one by its answer alone', async () => {
  const laptop = await connect(bo.person)
  const sent = await say(bo, place, 'to be changed')
  await settled(bo, ada, cleo, laptop)
  for (const client of [ada, bo, cleo, laptop]) client.clear()
  const frames = [
    act('edit', sent.id, { text: 'changed' }),
    react(sent.id, '👍', true),
    react(sent.id, '👍', false),
    act('delete', sent.id),
  ]
  const answers = []
  for (const frame of frames) answers.push(await bo.ask('message', frame))
  await settled(bo, ada, cleo, laptop)
  const expected = answers.map(({ ref: _, ...told }) => told)
  for (const client of [ada, cleo, laptop]) {
    expect(client.waiting('message', (frame) => frame.room === place)).toEqual(expected)
  }
  expect(bo.waiting('message', (frame) => frame.room === place)).toEqual([])
})
