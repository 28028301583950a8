import { limits } from '@parley/protocol'
import { expect, test } from 'vitest'
import { account, membership, roomId, upTo, userId } from '../testing/samples.ts'
import { testChat } from '../testing/test-chat.ts'

test('[R16][P8] tells members by id, with role and whether they are connected', async () => {
  const chat = testChat()
  const [ada, bea] = [await chat.person('Ada'), await chat.guest('Bea')]
  const client = await chat.connect(ada)
  await client.say({ action: 'create', room: 'den', kind: 'private' })
  await client.say({ action: 'invite', room: 'den', user: bea.id })
  expect(await client.say({ action: 'members', room: 'den' })).toMatchObject({
    type: 'members',
    room: 'den',
    members: [
      { id: ada.id, name: 'Ada', kind: 'person', online: true, role: 'admin' },
      { id: bea.id, name: 'Bea', kind: 'guest', online: false, role: 'member' },
    ],
    more: false,
  })
})

test('[R16] a page of 100 says whether there are others', async () => {
  const chat = testChat()
  const client = await chat.connect(await chat.person('Ada', { id: userId(0) }))
  await client.say({ action: 'create', room: 'den', kind: 'private' })
  for (const number of upTo(limits.listPage + 1)) {
    await chat.ports.store.addUser(account(number))
    await chat.ports.store.addMember(membership('den', number))
  }
  const first = (await client.say({ action: 'members', room: 'den' })) as { members: { id: string }[]; more: boolean }
  expect(first.members.map(({ id }) => id)).toStrictEqual([0, ...upTo(limits.listPage - 1)].map(userId))
  expect(first.more).toBe(true)
  const rest = await client.say({ action: 'members', room: roomId('den'), after: first.members.at(-1)?.id })
  expect(rest).toMatchObject({ members: [{ id: userId(100) }, { id: userId(101) }], more: false })
})
