import { describe, expect, test } from 'vitest'
import { refusedAs } from '../testing/expected.ts'
import { messageId, roomId } from '../testing/samples.ts'
import { testChat } from '../testing/test-chat.ts'

const yard = roomId('yard')
const act = (action: string, more: object = {}) => ({ action, room: 'yard', ...more })
const sayIn = (number: number) => act('send', { id: messageId(number), text: 'hi' })

/** Bea has made a room; Ada has two devices and is not in it. */
const outside = async (kind: 'public' | 'private') => {
  const chat = testChat()
  const [ada, bea, cai] = [await chat.person('Ada'), await chat.person('Bea'), await chat.person('Cai')]
  const clients = {
    phone: await chat.connect(ada),
    laptop: await chat.connect(ada),
    founder: await chat.connect(bea),
    third: await chat.connect(cai),
  }
  await clients.founder.say(act('create', { kind }))
  const forget = () => {
    for (const client of Object.values(clients)) client.forget()
  }
  forget()
  const members = async () => (await chat.ports.store.members(yard, { limit: 9 })).map(({ user }) => user)
  return { ...chat, ...clients, ada, bea, cai, forget, members }
}

describe('join', () => {
  test('[R4][R5][R17] makes a member, and tells the own devices and the others of the room', async () => {
    const { phone, laptop, founder, third, ada, bea, members } = await outside('public')
    expect(await phone.say(act('join'))).toMatchObject({ type: 'room', room: { id: 'yard', kind: 'public' } })
    expect(await members()).toStrictEqual([ada.id, bea.id])
    expect(laptop.heard[0]).toMatchObject({ type: 'room', room: { id: 'yard' } })
    expect(founder.heard).toMatchObject([{ type: 'room', room: { id: 'yard' } }])
    expect(phone.heard).toStrictEqual([])
    expect(third.heard).toStrictEqual([])
    await founder.say(sayIn(1))
    expect(phone.heard).toMatchObject([{ type: 'message' }])
    expect(laptop.heard.at(-1)).toMatchObject({ type: 'message' })
  })

  test('[R4] again changes nothing, keeps role and marker, and tells nobody', async () => {
    const { founder, phone, forget, ports, bea } = await outside('public')
    await founder.say(sayIn(1))
    await founder.say(act('read', { seq: 1 }))
    await phone.say(act('join'))
    forget()
    expect(await founder.say(act('join'))).toMatchObject({ type: 'room', room: { rev: 1 } })
    expect((await ports.store.standing(yard, bea.id))?.membership).toMatchObject({ role: 'admin', read: 1 })
    expect(phone.heard).toStrictEqual([])
  })

  test('[V2] a private room is not found', async () => {
    const { phone, members, bea } = await outside('private')
    expect(await phone.say(act('join'))).toStrictEqual(refusedAs('not_found'))
    expect(await members()).toStrictEqual([bea.id])
  })
})

describe('leave', () => {
  test('[R6][R5][R17] ends it, and tells the own devices left and the others room', async () => {
    const { phone, laptop, founder, forget, members, bea } = await outside('public')
    await phone.say(act('join'))
    forget()
    expect(await phone.say(act('leave'))).toMatchObject({ type: 'room', room: { id: 'yard' } })
    expect(laptop.heard).toStrictEqual([{ type: 'left', room: 'yard' }])
    expect(founder.heard).toMatchObject([{ type: 'room', room: { id: 'yard' } }])
    expect(await members()).toStrictEqual([bea.id])
    forget()
    await founder.say(sayIn(1))
    expect([...phone.heard, ...laptop.heard]).toStrictEqual([])
  })

  test('[R6] a public room one is not in changes nothing', async () => {
    const { phone, founder, members, bea } = await outside('public')
    expect(await phone.say(act('leave'))).toMatchObject({ type: 'room' })
    expect(await members()).toStrictEqual([bea.id])
    expect(founder.heard).toStrictEqual([])
  })

  test('[R7] general and direct rooms cannot be left', async () => {
    const { phone, bea } = await outside('public')
    const direct = (await phone.say({ action: 'direct', with: [bea.id] })) as { room: { id: string } }
    for (const room of ['general', direct.room.id]) {
      expect(await phone.say({ action: 'leave', room })).toStrictEqual(refusedAs('forbidden'))
    }
  })
})

describe('invite', () => {
  test('[R8][R17] makes a member at once, who is told room and reads everything', async () => {
    const { founder, phone, laptop, third, ada, cai, forget } = await outside('private')
    await founder.say(act('invite', { user: cai.id }))
    await founder.say(sayIn(1))
    forget()
    expect(await founder.say(act('invite', { user: ada.id }))).toMatchObject({ type: 'room', room: { rev: 1 } })
    for (const client of [phone, laptop]) {
      expect(client.heard[0]).toMatchObject({ type: 'room', room: { id: 'yard', rev: 1 } })
    }
    expect(third.heard).toMatchObject([{ type: 'room', room: { id: 'yard' } }])
    expect(await phone.say(act('sync', { since: 0 }))).toMatchObject({ messages: [{ text: 'hi' }] })
    forget()
    await founder.say(sayIn(2))
    expect(phone.heard).toMatchObject([{ type: 'message', rev: 2 }])
  })

  test('[R9] again without a role changes nothing and tells nobody', async () => {
    const { founder, phone, ada, forget } = await outside('private')
    await founder.say(act('invite', { user: ada.id, role: 'admin' }))
    forget()
    expect(await founder.say(act('invite', { user: ada.id }))).toMatchObject({ type: 'room' })
    expect(phone.heard).toStrictEqual([])
    expect(await phone.say(act('set', { topic: 'still an admin' }))).toMatchObject({ type: 'room' })
  })

  test('[R9] an admin of the room names admins and takes it back; others may not', async () => {
    const { founder, phone, third, ada, cai, ports, forget } = await outside('private')
    await founder.say(act('invite', { user: ada.id }))
    await founder.say(act('invite', { user: cai.id }))
    expect(await phone.say(act('invite', { user: cai.id, role: 'admin' }))).toStrictEqual(refusedAs('forbidden'))
    forget()
    await founder.say(act('invite', { user: ada.id, role: 'admin' }))
    expect((await ports.store.standing(yard, ada.id))?.membership?.role).toBe('admin')
    expect(third.heard).toMatchObject([{ type: 'room' }])
    await founder.say(act('invite', { user: ada.id, role: 'member' }))
    expect((await ports.store.standing(yard, ada.id))?.membership?.role).toBe('member')
  })

  test('[R10] nobody, somebody banned, or into a direct room: refused', async () => {
    const { founder, ada, cai, person } = await outside('private')
    const banned = await person('Bad', { banned: true })
    const direct = (await founder.say({ action: 'direct', with: [ada.id] })) as { room: { id: string } }
    const unknown = ada.id.replace(/^0/, 'f')
    expect(await founder.say(act('invite', { user: unknown }))).toStrictEqual(refusedAs('not_found'))
    expect(await founder.say(act('invite', { user: banned.id }))).toStrictEqual(refusedAs('forbidden'))
    const intoDirect = act('invite', { room: direct.room.id, user: cai.id })
    expect(await founder.say(intoDirect)).toStrictEqual(refusedAs('forbidden'))
  })
})

describe('remove', () => {
  test('[R11][R17] tells the removed left and nothing of the room from then on', async () => {
    const { founder, phone, laptop, third, ada, cai, forget, members, bea } = await outside('private')
    await founder.say(act('invite', { user: ada.id }))
    await founder.say(act('invite', { user: cai.id }))
    forget()
    expect(await founder.say(act('remove', { user: ada.id }))).toMatchObject({ type: 'room', room: { id: 'yard' } })
    for (const client of [phone, laptop]) expect(client.heard).toStrictEqual([{ type: 'left', room: 'yard' }])
    expect(third.heard).toMatchObject([{ type: 'room' }])
    expect(await members()).toStrictEqual([bea.id, cai.id])
    forget()
    await founder.say(sayIn(1))
    expect([...phone.heard, ...laptop.heard]).toStrictEqual([])
    expect(await phone.say(sayIn(2))).toStrictEqual(refusedAs('not_found'))
  })

  test('[R11] who is not a member is not found; from others it is forbidden', async () => {
    const { founder, phone, ada, bea, cai } = await outside('private')
    await founder.say(act('invite', { user: ada.id }))
    expect(await founder.say(act('remove', { user: cai.id }))).toStrictEqual(refusedAs('not_found'))
    expect(await phone.say(act('remove', { user: bea.id }))).toStrictEqual(refusedAs('forbidden'))
  })

  test('[R7] nobody is removed from general or a direct room', async () => {
    const { connect, person, ada } = await outside('public')
    const owner = await connect(await person('Olga', { role: 'owner' }))
    const direct = (await owner.say({ action: 'direct', with: [ada.id] })) as { room: { id: string } }
    for (const room of ['general', direct.room.id]) {
      expect(await owner.say({ action: 'remove', room, user: ada.id })).toStrictEqual(refusedAs('forbidden'))
    }
  })
})

test('[R17] in a room of more connections than are told, nobody hears who comes and goes', async () => {
  const chat = testChat({ settings: { smallRoomConnections: 1 } })
  const founder = await chat.connect(await chat.person('Ada'))
  const [bea, cai] = [await chat.person('Bea'), await chat.person('Cai')]
  await founder.say(act('create', { kind: 'public' }))
  const second = await chat.connect(bea)
  await second.say(act('join'))
  for (const client of [founder, second]) client.forget()
  const third = await chat.connect(cai)
  await third.say(act('join'))
  await third.say(act('typing'))
  await third.close()
  expect([...founder.heard, ...second.heard]).toStrictEqual([])
})
