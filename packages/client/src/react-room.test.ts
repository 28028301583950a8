import { createElement } from 'react'
import { describe, expect, test } from 'vitest'
import { useMembers, useMessages, useRoom } from './react.ts'
import { probe, renderedBy, setUp } from './testing/probes.ts'
import { bea, general, message, myRoom, told } from './testing/samples.ts'

describe('a room', () => {
  test('is open and watched while its messages and members are shown', async () => {
    const probes = { messages: probe(() => useMessages('general')), members: probe(() => useMembers('general')) }
    const { greet, client, during, socket, show, clock } = await setUp(probes.messages, probes.members)
    await greet()
    expect([...client.state.opened]).toEqual(['general'])
    await during(async () => {
      socket().answer('history', {
        type: 'page',
        room: general,
        messages: [message(9), message(10)],
        rev: 10,
        more: false,
      })
      await clock.pass(1_000)
    })
    expect(probes.messages.last).toMatchObject({ isLoading: false, hasOlder: false })
    expect(probes.messages.last.messages.map(({ seq }) => seq)).toEqual([9, 10])
    const members = { type: 'members', room: general, members: [{ ...bea, role: 'member' }], more: false }
    await during(async () => {
      socket().answer('members', members)
      await clock.settle()
    })
    expect(probes.members.last).toEqual([{ id: bea.id, role: 'member' }])
    const room = { id: general, kind: 'public', name: 'general', topic: 'tea', rev: 10 } as const
    const asked = () => socket().sent.filter(({ action }) => action === 'members').length
    expect(
      await renderedBy(probes, () =>
        during(async () => {
          socket().tell({ type: 'room', room })
          await clock.pass(1_000)
          expect(asked()).toBe(2)
          socket().answer('members', members)
          await clock.settle()
        }),
      ),
    ).toEqual([])
    await show([])
    expect([...client.state.opened]).toEqual([])
    await during(async () => {
      socket().tell({ type: 'room', room })
      await clock.pass(1_000)
    })
    expect(asked()).toBe(2)
  })

  test('fetches older messages by a function that stays the same', async () => {
    const messages = probe(() => useMessages('general'))
    const { greet, during, socket, clock } = await setUp(messages)
    await greet()
    const newest = Array.from({ length: 30 }, (_, index) => message(index + 3))
    await during(async () => {
      socket().tell({ type: 'room', room: { ...myRoom(), rev: 32 } })
      socket().answer('history', { type: 'page', room: general, messages: newest, rev: 32, more: true })
      await clock.settle()
    })
    const { older } = messages.last
    expect(messages.last).toMatchObject({ isLoading: false, hasOlder: true })
    await during(async () => {
      const answer = older()
      socket().answer('history', { type: 'page', room: general, messages: [message(2)], rev: 32, more: true })
      expect(await answer).toBe(true)
    })
    expect(messages.last.messages[0]?.seq).toBe(2)
    expect(messages.last.older).toBe(older)
  })
})

test('a component that is given another room shows that one', async () => {
  const shown: string[] = []
  const opened: string[][] = []
  const Room = ({ id }: { readonly id: string }): null => {
    shown.push(`${useRoom(id)?.name}: ${useMessages(id).messages.length}`)
    return null
  }
  const { greet, tell, show, client } = await setUp()
  await greet()
  await tell(told(message(11)))
  for (const id of ['general', 'den']) {
    await show(createElement(Room, { id }))
    opened.push([...client.state.opened])
  }
  expect(opened).toEqual([['general'], ['den']])
  expect(shown).toEqual(['general: 1', 'den: 0'])
})
