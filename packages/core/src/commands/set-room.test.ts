import { expect, test } from 'vitest'
import { refusedAs } from '../testing/expected.ts'
import { testChat } from '../testing/test-chat.ts'

const set = (more: object) => ({ action: 'set', room: 'den', ...more })

const den = async () => {
  const chat = testChat()
  const [ada, bea] = [await chat.person('Ada'), await chat.person('Bea')]
  const [founder, member] = [await chat.connect(ada), await chat.connect(bea)]
  await founder.say({ action: 'create', room: 'den', kind: 'private' })
  await founder.say({ action: 'invite', room: 'den', user: bea.id })
  for (const client of [founder, member]) client.forget()
  return { ...chat, founder, member, bea }
}

test('[R12][W10] changes name or topic, takes no rev, and tells the others', async () => {
  const { founder, member } = await den()
  expect(await founder.say(set({ name: ' The Den ' }))).toMatchObject({ room: { name: 'The Den', topic: '', rev: 0 } })
  expect(await founder.say(set({ topic: 'dens' }))).toMatchObject({ room: { name: 'The Den', topic: 'dens', rev: 0 } })
  expect(member.heard).toMatchObject([
    { type: 'room', room: { name: 'The Den', topic: '' } },
    { type: 'room', room: { name: 'The Den', topic: 'dens' } },
  ])
  expect(founder.heard).toStrictEqual([])
  expect(await founder.say(set({ topic: '' }))).toMatchObject({ room: { topic: '' } })
})

test('[R12][F9] with neither it is a bad request, whatever the room', async () => {
  const { founder } = await den()
  expect(await founder.say(set({}))).toStrictEqual(refusedAs('bad_request'))
  expect(await founder.say(set({ room: 'nowhere' }))).toStrictEqual(refusedAs('bad_request'))
})

test('[R12] is not for members, and a direct room has no name', async () => {
  const { founder, member, bea, connect, person } = await den()
  expect(await member.say(set({ topic: 'mine' }))).toStrictEqual(refusedAs('forbidden'))
  expect(founder.heard).toStrictEqual([])
  const owner = await connect(await person('Olga', { role: 'owner' }))
  const direct = (await owner.say({ action: 'direct', with: [bea.id] })) as { room: { id: string } }
  const name = set({ room: direct.room.id, name: 'Us' })
  expect(await owner.say(name)).toStrictEqual(refusedAs('forbidden'))
})
