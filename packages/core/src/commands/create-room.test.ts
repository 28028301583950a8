import { expect, test } from 'vitest'
import { refusedAs } from '../testing/expected.ts'
import { roomId, userId } from '../testing/samples.ts'
import { testChat } from '../testing/test-chat.ts'

const create = (room: string, more: object = {}) => ({ action: 'create', room, kind: 'private', ...more })

const twoPeople = async () => {
  const chat = testChat()
  const [ada, bea] = [await chat.person('Ada'), await chat.person('Bea')]
  const [phone, laptop, other] = [await chat.connect(ada), await chat.connect(ada), await chat.connect(bea)]
  for (const client of [phone, laptop, other]) client.forget()
  return { ...chat, ada, bea, phone, laptop, other }
}

test('[R1] makes a room whose admin and member is who made it', async () => {
  const { phone, ada, ports, clock } = await twoPeople()
  expect(await phone.say(create('den'))).toMatchObject({
    type: 'room',
    room: { id: 'den', kind: 'private', name: 'den', topic: '', rev: 0 },
  })
  expect(await ports.store.members(roomId('den'), { limit: 9 })).toStrictEqual([
    { room: 'den', user: ada.id, role: 'admin', joinedAt: clock.iso(), read: 0 },
  ])
  expect(await phone.say(create('yard', { kind: 'public', name: 'The Yard' }))).toMatchObject({
    room: { kind: 'public', name: 'The Yard' },
  })
})

test('[R5] tells the other devices of who made it, and nobody else', async () => {
  const { phone, laptop, other } = await twoPeople()
  await phone.say(create('den'))
  expect(laptop.heard).toMatchObject([{ type: 'room', room: { id: 'den' } }])
  expect(phone.heard).toStrictEqual([])
  expect(other.heard).toStrictEqual([])
})

test('[S2] lets the connections of who made it hear it', async () => {
  const { phone, laptop } = await twoPeople()
  await phone.say(create('den'))
  laptop.forget()
  await phone.say({ action: 'send', room: 'den', id: userId(7), text: 'hi' })
  expect(laptop.heard).toMatchObject([{ type: 'message', room: 'den' }])
})

test('[R2] an id that exists is a conflict, seen or not, and for its creator too', async () => {
  const { phone, other, laptop } = await twoPeople()
  await phone.say(create('den'))
  laptop.forget()
  for (const client of [other, phone]) expect(await client.say(create('den'))).toStrictEqual(refusedAs('conflict'))
  expect(await other.say(create('general'))).toStrictEqual(refusedAs('conflict'))
  expect(laptop.heard).toStrictEqual([])
})

test('[R2][R13] the ids of direct rooms are taken before the rooms are there: nobody can sit on one', async () => {
  const { phone, other, bea, ada } = await twoPeople()
  const answer = (await phone.say({ action: 'direct', with: [bea.id] })) as { room: { id: string } }
  const anew = await twoPeople()
  expect(anew.ada.id + anew.bea.id).toBe(ada.id + bea.id)
  expect(await anew.other.say(create(answer.room.id, { kind: 'public' }))).toStrictEqual(refusedAs('conflict'))
  expect(await anew.phone.say({ action: 'direct', with: [bea.id] })).toMatchObject({ room: { kind: 'direct' } })
  expect(await other.say(create('direct'))).toMatchObject({ type: 'room' })
})

test('[R3] is not for guests', async () => {
  const { guest, connect, ports } = await twoPeople()
  const client = await connect(await guest('Gus'))
  expect(await client.say(create('den'))).toStrictEqual(refusedAs('forbidden'))
  expect(await ports.store.room(roomId('den'))).toBeUndefined()
})

test('[L8] a user makes at most 30 rooms a minute', async () => {
  const chat = testChat({ framesPerSecond: 20 })
  const ada = await chat.person('Ada')
  const make = (n: number) =>
    chat.chat.execute(ada.actor, { action: 'create', room: roomId(`den-${n}`), kind: 'private' })
  for (let n = 0; n < 30; n += 1) expect(await make(n)).toMatchObject({ type: 'room' })
  expect(await make(30)).toMatchObject({ refused: 'rate_limited', retry: expect.any(Number) })
  expect(await chat.ports.store.room(roomId('den-30'))).toBeUndefined()
})
