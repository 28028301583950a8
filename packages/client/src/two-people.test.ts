import type { RoomId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { listen, twoPeople } from './testing/two-people.ts'

const den = 'den' as RoomId

describe('two people', () => {
  const setUpTwo = async () => {
    const world = await twoPeople()
    const ada = await world.online('ada')
    const bea = await world.online('bea')
    return { ...world, ada, bea }
  }

  test('hear each other, each message once as created and then its changes', async () => {
    const { ada, bea, clock } = await setUpTwo()
    const heard = listen(bea, 'message')
    const { id, stored } = ada.send('general', 'hi')
    await clock.pass(500)
    await stored
    await Promise.all([ada.edit('general', id, 'hello'), clock.pass(500)])
    bea.renewSocket()
    await clock.pass(1_000)
    expect(heard).toMatchObject([
      { event: { room: 'general', change: 'created', message: { text: 'hi' } } },
      { event: { room: 'general', change: 'changed', message: { text: 'hello', editedAt: expect.any(String) } } },
    ])
  })

  test('hear what was said while they were away, once', async () => {
    const { ada, bea, clock, network } = await setUpTwo()
    const heard = listen(bea, 'message')
    network.cut('bea', true)
    ada.send('general', 'one')
    ada.send('general', 'two')
    await clock.pass(10_000)
    expect(heard.map((one) => one.name === 'message' && one.event.message.text)).toEqual(['one', 'two'])
    expect(bea.state.rooms.get('general')?.unread).toBe(2)
  })

  test('hear what is said right after an invitation', async () => {
    const { ada, bea, clock, people, chat } = await setUpTwo()
    const heard = listen(bea, 'joined', 'message')
    const { actor } = people.ada
    await chat.chat.execute(actor, { action: 'create', room: den, kind: 'private' })
    await chat.chat.execute(actor, { action: 'invite', room: den, user: people.bea.id })
    ada.send('den', 'are you here?')
    await clock.pass(1_000)
    expect(heard).toMatchObject([
      { name: 'joined', event: { id: 'den' } },
      { name: 'message', event: { change: 'created', message: { text: 'are you here?' } } },
    ])
    expect(bea.state.rooms.get('den')).toMatchObject({ unread: 1, read: 0 })
  })

  test('see each other write, until the message comes or some seconds have passed', async () => {
    const { ada, bea, clock, people } = await setUpTwo()
    const writing = () => bea.state.rooms.get('general')?.typing
    ada.typing('general')
    ada.typing('general')
    await clock.pass(500)
    expect(writing()).toEqual([people.ada.id])
    ada.send('general', 'hi')
    await clock.pass(500)
    expect(writing()).toEqual([])
    await clock.pass(3_000)
    ada.typing('general')
    await clock.pass(5_000)
    expect(writing()).toEqual([people.ada.id])
    await clock.pass(2_000)
    expect(writing()).toEqual([])
  })

  test('see who is there and how far the other has read', async () => {
    const { ada, bea, clock, people } = await setUpTwo()
    ada.watchMembers('general')
    ada.send('general', 'hi')
    await clock.pass(1_000)
    bea.read('general')
    await clock.pass(1_000)
    expect(ada.state.rooms.get('general')?.readBy.get(people.bea.id)).toBe(1)
    expect(bea.state.rooms.get('general')?.unread).toBe(0)
    expect(ada.state.rooms.get('general')?.members).toHaveLength(2)
    expect(ada.state.online.get(people.bea.id)).toBe(true)
    bea.stop()
    await clock.pass(1_000)
    expect(ada.state.online.get(people.bea.id)).toBe(false)
  })
})

test('who comes back to a room sees who is in it', async () => {
  const { online, clock, chat, people } = await twoPeople()
  const ada = await online('ada')
  await Promise.all([ada.create('den', { kind: 'public' }), clock.pass(500)])
  ada.watchMembers('den')
  await clock.pass(1_000)
  await Promise.all([ada.leave('den'), clock.pass(1_000)])
  expect(ada.state.rooms.has('den')).toBe(false)
  await chat.chat.execute(people.bea.actor, { action: 'join', room: den })
  await Promise.all([ada.join('den'), clock.pass(1_000)])
  expect(ada.state.rooms.get('den')?.members?.map(({ id }) => id)).toEqual([people.ada.id, people.bea.id])
})
