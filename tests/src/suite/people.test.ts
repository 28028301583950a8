import { describe, expect, test } from 'vitest'
import { type Client, newName, newRoomId, say, settled, world } from '../harness/world.ts'

const { api, login, guest, account, visitor, member, connect, socket, room } = await world()
const [ada, bo] = [await member(), await visitor()]

const presenceOf = (client: Client, user: string): readonly boolean[] =>
  client.waiting('presence', (frame) => frame.user === user).map(({ online }) => online)

describe('presence', () => {
  test('[P1][P2] the first connection of a user and the last to end are told, the others not', async () => {
    const cleo = await guest()
    const silent = await socket(cleo)
    const [first, second] = [await connect(cleo), await connect(cleo)]
    await settled(first, ada, bo)
    for (const client of [ada, bo]) expect(presenceOf(client, cleo.user.id)).toEqual([true])
    expect(presenceOf(first, cleo.user.id)).toEqual([])
    await first.close()
    const third = await connect(cleo)
    await third.close()
    await settled(second, ada, bo)
    for (const client of [ada, bo]) expect(presenceOf(client, cleo.user.id)).toEqual([true])
    await second.close()
    for (const client of [ada, bo]) {
      await client.heard('presence', (frame) => frame.user === cleo.user.id && !frame.online)
    }
    await connect(cleo)
    await ada.heard('presence', (frame) => frame.user === cleo.user.id && frame.online)
    silent.vanish()
    ada.clear()
    bo.clear()
  })

  test('[P1] a connection that never says hello is told by nothing', async () => {
    const cleo = await guest()
    const silent = await socket(cleo)
    await silent.close()
    await settled(ada, bo)
    for (const client of [ada, bo]) expect(presenceOf(client, cleo.user.id)).toEqual([])
  })

  test('[P1][F2] is told once, also to who shares several rooms', async () => {
    const cleo = await member()
    await room('private', ada, cleo)
    await room('public', ada, cleo)
    ada.clear()
    await cleo.close()
    await ada.heard('presence', (frame) => frame.user === cleo.me.id)
    await settled(bo, ada)
    expect(presenceOf(ada, cleo.me.id)).toEqual([])
  })

  test('[P1] of who reloads, again and again, ends as it is', async () => {
    const cleo = await guest()
    let current = await connect(cleo)
    for (let round = 0; round < 40; round += 1) {
      const [next] = await Promise.all([socket(cleo), ...(round % 2 ? [current.close()] : [])])
      const welcome = next.ask('welcome', { action: 'hello', v: 1 })
      if (round % 2 === 0) current.vanish()
      await welcome
      current = { ...current, ...next }
    }
    const device = await connect(cleo)
    await settled(device, ada)
    const { members } = await ada.ask('members', { action: 'members', room: 'general' })
    expect(members.find(({ id }) => id === cleo.user.id)?.online).toBe(true)
    expect(presenceOf(ada, cleo.user.id).at(-1)).toBe(true)
    await Promise.all([current.close(), device.close()])
    await ada.heard('presence', (frame) => frame.user === cleo.user.id && !frame.online)
    ada.clear()
    bo.clear()
  })

  test('[P8] is told by members, users and the people of welcome', async () => {
    const cleo = await guest(newName('Online'))
    await ada.ask('room', { action: 'direct', with: [cleo.user.id] })
    const seen = async () => {
      const found = await api.call('GET /api/users', { token: ada.person.token, query: { q: cleo.user.name } })
      const tablet = await connect(ada.person)
      const { members } = await ada.ask('members', { action: 'members', room: 'general' })
      const answers = [found.users, tablet.welcome.users, members].map(
        (people) => people.find(({ id }) => id === cleo.user.id)?.online,
      )
      await tablet.close()
      return answers
    }
    expect(await seen()).toEqual([false, false, false])
    const silent = await socket(cleo)
    expect(await seen()).toEqual([false, false, false])
    await silent.ask('welcome', { action: 'hello', v: 1 })
    expect(await seen()).toEqual([true, true, true])
    ada.clear()
    await silent.close()
    await ada.heard('presence', (frame) => frame.user === cleo.user.id && !frame.online)
    expect(await seen()).toEqual([false, false, false])
  })
})

describe('rename', () => {
  test('[P4] tells every other connection of the rooms once, own devices too', async () => {
    const cleo = await member()
    const tablet = await connect(cleo.person)
    await room('private', ada, cleo)
    const name = newName('Renamed')
    await settled(ada, bo, cleo, tablet)
    for (const client of [ada, bo, cleo, tablet]) client.clear()
    await cleo.ask('ok', { action: 'rename', name })
    await settled(cleo, ada, bo, tablet)
    for (const client of [ada, bo, tablet]) {
      expect(client.waiting('user')).toEqual([{ type: 'user', user: { id: cleo.me.id, name, kind: 'person' } }])
    }
    expect(cleo.waiting('user')).toEqual([])
    const { members } = await bo.ask('members', { action: 'members', room: 'general' })
    expect(members.find(({ id }) => id === cleo.me.id)?.name).toBe(name)
    await Promise.all([cleo.close(), tablet.close()])
  })

  test('[P4] of a guest is told too', async () => {
    const cleo = await visitor()
    const name = newName('Guest renamed')
    await cleo.ask('ok', { action: 'rename', name: ` ${name} ` })
    expect((await ada.heard('user', ({ user }) => user.id === cleo.me.id)).user).toEqual({
      id: cleo.me.id,
      name,
      kind: 'guest',
    })
    await cleo.close()
  })

  test('[P5] to the name of an account is conflict, another case of the own name is free', async () => {
    const [cleo, dora] = [await member(), await member()]
    for (const name of [dora.me.name, dora.me.name.toUpperCase()]) {
      expect(await cleo.refusal({ action: 'rename', name })).toMatchObject({ code: 'conflict', retry: null })
      expect(await bo.refusal({ action: 'rename', name })).toMatchObject({ code: 'conflict' })
    }
    await cleo.ask('ok', { action: 'rename', name: cleo.me.name.toUpperCase() })
    await cleo.ask('ok', { action: 'rename', name: cleo.me.name })
    const former = dora.me.name
    await dora.ask('ok', { action: 'rename', name: newName('Moved on') })
    await cleo.ask('ok', { action: 'rename', name: former })
  })

  test('[P5] of two who want one name at the same time one gets it', async () => {
    const [cleo, dora] = [await member(), await member()]
    for (let round = 0; round < 5; round += 1) {
      const name = newName('Wanted')
      const answers = await Promise.allSettled(
        [cleo, dora].map((client) => client.ask('ok', { action: 'rename', name })),
      )
      expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    }
  })

  test('[P6] who has an account signs in with its present name', async () => {
    const person = await account()
    const cleo = await connect(person)
    const name = newName('Present')
    await cleo.ask('ok', { action: 'rename', name })
    expect((await login(name, person.password)).user.id).toBe(person.user.id)
    const former = { username: person.user.name, password: person.password }
    expect((await api.refusal('POST /api/login', { body: former })).status).toBe(401)
  })
})

describe('typing', () => {
  test('[P7] is told to the other connections of the room, and leaves no other trace', async () => {
    const place = await room('private', ada, bo)
    const [tablet, outside] = [await connect(ada.person), await visitor()]
    const { rev } = await say(ada, place, 'before')
    await ada.ask('ok', { action: 'typing', room: place })
    await settled(ada, bo, tablet, outside)
    for (const client of [bo, tablet]) {
      expect(client.waiting('typing')).toEqual([{ type: 'typing', room: place, user: ada.me.id }])
    }
    for (const client of [ada, outside]) expect(client.waiting('typing')).toEqual([])
    const page = await bo.ask('page', { action: 'history', room: place })
    expect([page.rev, page.messages.length]).toEqual([rev, 1])
    expect(await ada.refusal({ action: 'typing', room: newRoomId() })).toMatchObject({ code: 'not_found' })
    await Promise.all([tablet.close(), outside.close()])
  })
})
