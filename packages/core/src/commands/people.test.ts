import { type Down, limits } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { refusal, refusedAs } from '../testing/expected.ts'
import { account, general, upTo } from '../testing/samples.ts'
import { testChat } from '../testing/test-chat.ts'

const people = async () => {
  const chat = testChat()
  const [ada, bea] = [await chat.person('Ada'), await chat.person('Bea')]
  const [phone, laptop, other] = [await chat.connect(ada), await chat.connect(ada), await chat.connect(bea)]
  for (const client of [phone, laptop, other]) client.forget()
  return { ...chat, ada, bea, phone, laptop, other }
}

describe('rename', () => {
  const rename = (name: string) => ({ action: 'rename', name })

  test('[P4][W1] changes the name, and tells all who share a room once', async () => {
    const { phone, laptop, other, ada, bea, ports } = await people()
    await phone.say({ action: 'direct', with: [bea.id] })
    for (const client of [laptop, other]) client.forget()
    expect(await phone.say({ ...rename('  Zoé '), ref: 'r' })).toStrictEqual({ type: 'ok', ref: 'r' })
    const told: Down = { type: 'user', user: { id: ada.id, name: 'Zoé', kind: 'person' } }
    expect(laptop.heard).toStrictEqual([told])
    expect(other.heard).toStrictEqual([told])
    expect(phone.heard).toStrictEqual([])
    expect((await ports.store.user(ada.id))?.name).toBe('Zoé')
  })

  test('[P5][W4] to a taken name is a conflict, in whatever case; the own in another case is free', async () => {
    const { phone, guest, other } = await people()
    expect(await phone.say(rename('BEA'))).toStrictEqual(refusedAs('conflict'))
    expect(other.heard).toStrictEqual([])
    expect(await phone.say(rename('ADA'))).toMatchObject({ type: 'ok' })
    await guest('Gus')
    expect(await phone.say(rename('Gus'))).toMatchObject({ type: 'ok' })
  })
})

describe('typing', () => {
  test('[P7] tells the others of the room and leaves no trace', async () => {
    const { phone, laptop, other, ada, ports } = await people()
    expect(await phone.say({ action: 'typing', room: 'general' })).toMatchObject({ type: 'ok' })
    const told = { type: 'typing', room: 'general', user: ada.id }
    expect([laptop.heard, other.heard]).toStrictEqual([[told], [told]])
    expect(phone.heard).toStrictEqual([])
    expect((await ports.store.revs([general])).get(general)).toBe(0)
  })
})

describe('broadcast', () => {
  test('[B1][B4] tells every greeted connection but the own, and no history holds it', async () => {
    const { connect, open, person, phone, other, ada } = await people()
    const admin = await person('Admin', { role: 'admin' })
    const client = await connect(admin)
    const mute = await open(ada)
    for (const one of [phone, other]) one.forget()
    expect(await client.say({ action: 'broadcast', text: 'hear, hear', ref: 'r' })).toStrictEqual({
      type: 'ok',
      ref: 'r',
    })
    const from = { id: admin.id, name: 'Admin', kind: 'person' }
    expect(phone.heard).toStrictEqual([
      { type: 'broadcast', id: expect.any(String), from, text: 'hear, hear', at: expect.any(String) },
    ])
    expect(other.heard).toHaveLength(1)
    expect([...client.heard, ...mute.heard]).toStrictEqual([])
    expect(await client.say({ action: 'sync', room: 'general', since: 0 })).toMatchObject({ messages: [] })
  })

  test('[B3] over HTTP the own sockets are told too, and the answer has it', async () => {
    const { chat, connect, person } = await people()
    const admin = await person('Admin', { role: 'owner' })
    const client = await connect(admin)
    const answer = await chat.execute(admin.actor, { action: 'broadcast', text: 'hear' })
    expect(client.heard).toMatchObject([{ type: 'broadcast', text: 'hear' }])
    expect(answer).toMatchObject({ broadcast: { text: 'hear', from: { name: 'Admin' } } })
  })

  test('[B2] from anybody else it is forbidden', async () => {
    const { phone, other } = await people()
    expect(await phone.say({ action: 'broadcast', text: 'hear' })).toStrictEqual(refusedAs('forbidden'))
    expect(other.heard).toStrictEqual([])
  })
})

describe('find-users', () => {
  test('[H18][P8] finds by the beginning of the name, in whatever case', async () => {
    const { chat, ada, bea, person } = await people()
    await person('Beatrix')
    const answer = await chat.execute(ada.actor, { action: 'find-users', prefix: 'bE' })
    expect(answer).toMatchObject({
      users: [
        { id: bea.id, name: 'Bea', kind: 'person', online: true },
        { name: 'Beatrix', online: false },
      ],
      more: false,
    })
    expect(JSON.stringify(answer)).not.toContain('password')
  })

  test('[H18] brings 100 at most and says whether there are others', async () => {
    const { chat, ada, ports } = await people()
    for (const number of upTo(limits.listPage + 1)) await ports.store.addUser(account(1_000 + number))
    const answer = await chat.execute(ada.actor, { action: 'find-users', prefix: 'person' })
    expect(answer).toMatchObject({ more: true })
    expect(answer).toHaveProperty('users.length', limits.listPage)
  })

  test('[H4] needs somebody who has signed in', async () => {
    const { chat } = await people()
    const nobody = { kind: 'nobody', address: 'here', mayBeGuest: true } as const
    expect(await chat.execute(nobody, { action: 'find-users', prefix: '' })).toStrictEqual(refusal('unauthorized'))
  })
})
