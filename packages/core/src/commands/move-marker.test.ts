import { expect, test } from 'vitest'
import { refusedAs } from '../testing/expected.ts'
import { draft, general, upTo } from '../testing/samples.ts'
import { testChat } from '../testing/test-chat.ts'

const read = (seq: number, room = 'general') => ({ action: 'read', room, seq })

const roomOf = async (messages: number, readReceiptMembers = 20) => {
  const chat = testChat({ settings: { readReceiptMembers } })
  const [ada, bea] = [await chat.person('Ada'), await chat.person('Bea')]
  const [phone, laptop, other] = [await chat.connect(ada), await chat.connect(ada), await chat.connect(bea)]
  for (const number of upTo(messages)) await chat.ports.store.appendMessage(draft(number, 1))
  for (const client of [phone, laptop, other]) client.forget()
  const marker = async () => (await chat.ports.store.standing(general, ada.id))?.membership?.read
  return { ...chat, ada, bea, phone, laptop, other, marker }
}

test('[M1][M2][M3] moves forward, and tells the own devices and a small room', async () => {
  const { phone, laptop, other, ada, marker } = await roomOf(3)
  expect(await phone.say({ ...read(2), ref: 'r' })).toStrictEqual({ type: 'ok', ref: 'r' })
  expect(await marker()).toBe(2)
  const told = { type: 'read', room: 'general', user: ada.id, seq: 2 }
  expect(laptop.heard).toStrictEqual([told])
  expect(other.heard).toStrictEqual([told])
  expect(phone.heard).toStrictEqual([])
})

test('[M1] goes to the rev of the room at most, and never back', async () => {
  const { phone, laptop, marker } = await roomOf(3)
  await phone.say(read(99))
  expect(await marker()).toBe(3)
  expect(laptop.heard).toMatchObject([{ seq: 3 }])
  laptop.forget()
  expect(await phone.say(read(1))).toMatchObject({ type: 'ok' })
  expect(await marker()).toBe(3)
  expect(laptop.heard).toStrictEqual([])
})

test('[M3] in a bigger room only the own devices are told', async () => {
  const { phone, laptop, other } = await roomOf(3, 1)
  await phone.say(read(2))
  expect(laptop.heard).toMatchObject([{ type: 'read', seq: 2 }])
  expect(other.heard).toStrictEqual([])
})

test('[M3] in a direct room everybody is told, whatever counts as small', async () => {
  const { phone, other, bea } = await roomOf(0, 0)
  const { room } = (await phone.say({ action: 'direct', with: [bea.id] })) as { room: { id: string } }
  await other.say({ action: 'send', room: room.id, id: bea.id, text: 'hi' })
  other.forget()
  await phone.say(read(1, room.id))
  expect(other.heard).toMatchObject([{ type: 'read', room: room.id, seq: 1 }])
})

test('[M4][M5][M2] a new member has read nothing, own and deleted messages count, and the next welcome says so', async () => {
  const { open, person, phone, ada } = await roomOf(3)
  const overview = async (who: typeof ada) => {
    const welcome = await (await open(who)).say({ action: 'hello', v: 1 })
    return welcome.type === 'welcome' && welcome.rooms[0]
  }
  expect(await overview(await person('Cai'))).toMatchObject({ rev: 3, read: 0, unread: 3 })
  await phone.say({ action: 'send', room: 'general', id: ada.id, text: 'own' })
  await phone.say({ action: 'delete', room: 'general', id: ada.id })
  await phone.say(read(2))
  expect(await overview(ada)).toMatchObject({ rev: 5, read: 2, unread: 2 })
})

test('[M4] 99 unread are the most that is told', async () => {
  const { open, ada } = await roomOf(120)
  const welcome = await (await open(ada)).say({ action: 'hello', v: 1 })
  expect(welcome).toMatchObject({ rooms: [{ unread: 99 }] })
})

test('[M1] one has to be in the room', async () => {
  const { phone, other } = await roomOf(0)
  await other.say({ action: 'create', room: 'yard', kind: 'public' })
  expect(await phone.say(read(1, 'yard'))).toStrictEqual(refusedAs('forbidden'))
  expect(await phone.say(read(1, 'nowhere'))).toStrictEqual(refusedAs('not_found'))
})
