import { limits, type Room } from '@parley/protocol'
import { expect, test } from 'vitest'
import { refusedAs } from '../testing/expected.ts'
import { userId } from '../testing/samples.ts'
import { testChat } from '../testing/test-chat.ts'

const threePeople = async () => {
  const chat = testChat()
  const people = [await chat.person('Ada'), await chat.person('Bea'), await chat.guest('Cai')] as const
  const [ada, bea, cai] = people
  const clients = [await chat.connect(ada), await chat.connect(bea), await chat.connect(cai)] as const
  for (const client of clients) client.forget()
  const open = async (index: 0 | 1 | 2, others: readonly string[]) =>
    ((await clients[index].say({ action: 'direct', with: others })) as { room: Room }).room
  return { ...chat, ada, bea, cai, clients, open }
}

test('[R13][R14] is the room of exactly these people, with their ids and without a name', async () => {
  const { open, ada, bea } = await threePeople()
  const room = await open(0, [bea.id])
  expect(room).toStrictEqual({
    id: room.id,
    kind: 'direct',
    name: '',
    topic: '',
    rev: 0,
    with: [ada.id, bea.id].sort(),
  })
})

test('[R13] is the same for the same people, by whomever, in whatever order, however often named', async () => {
  const { open, ada, bea, cai } = await threePeople()
  const { id } = await open(0, [bea.id, cai.id])
  expect((await open(1, [cai.id, ada.id, ada.id])).id).toBe(id)
  expect((await open(2, [bea.id, ada.id, cai.id])).id).toBe(id)
  expect((await open(0, [bea.id])).id).not.toBe(id)
  expect((await open(0, [ada.id])).with).toStrictEqual([ada.id])
})

test('[R14][S2] tells the others room once, and all hear what is said there', async () => {
  const { open, clients, bea, ada } = await threePeople()
  const { id } = await open(0, [bea.id])
  expect(clients[1].heard).toMatchObject([{ type: 'room', room: { id, kind: 'direct' } }])
  expect(clients[0].heard).toStrictEqual([])
  await open(1, [ada.id])
  expect(clients[0].heard).toStrictEqual([])
  await clients[1].say({ action: 'send', room: id, id: userId(7), text: 'hi' })
  expect(clients[0].heard).toMatchObject([{ type: 'message', room: id }])
  expect(clients[2].heard).toStrictEqual([])
})

test('[R15] somebody who does not exist, somebody banned, too many', async () => {
  const { clients, person, ports } = await threePeople()
  const banned = await person('Bad', { banned: true })
  const direct = (people: readonly string[]) => clients[0].say({ action: 'direct', with: people })
  expect(await direct([userId(99)])).toStrictEqual(refusedAs('not_found'))
  expect(await direct([banned.id])).toStrictEqual(refusedAs('forbidden'))
  const many: string[] = []
  for (let number = 0; number < limits.directPeople; number += 1) many.push((await person(`P ${number}`)).id)
  expect(await direct(many)).toStrictEqual(refusedAs('bad_request'))
  expect(await direct(many.slice(1))).toMatchObject({ type: 'room' })
  expect(await ports.store.publicRooms({ limit: 9 })).toHaveLength(1)
})
