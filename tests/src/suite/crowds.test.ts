import { describe, expect, test } from 'vitest'
import { tenAtATime } from '../harness/ten-at-a-time.ts'
import { type Client, newName, newRoomId, say, settled, world } from '../harness/world.ts'

const { api, guest, account, visitor, member, connect, room } = await world()
const [ada, bo] = [await member(), await member()]

/** Many sockets of few users, since a room counts its connections. */
const crowd = async (size: number): Promise<readonly Client[]> => {
  const people = await Promise.all([guest(), guest(), guest()])
  return tenAtATime(size, (index) => connect(people[index % 3] ?? ada.person))
}

describe('rooms of more than 50 connections', () => {
  test('[R17] tell nobody of members, presence and typing, and all of messages', async () => {
    const place = await room('public', ada, bo)
    const many = await crowd(49)
    for (const client of many.slice(0, 3)) await client.ask('room', { action: 'join', room: place })
    await settled(ada, bo, ...many)
    for (const client of [ada, bo, ...many]) client.clear()
    const cleo = await visitor()
    await cleo.ask('room', { action: 'join', room: place })
    await cleo.ask('ok', { action: 'typing', room: place })
    await ada.ask('ok', { action: 'typing', room: place })
    await cleo.close()
    const { id } = await say(ada, place, 'to all')
    for (const client of [bo, ...many]) await client.heard('message', ({ message }) => message.id === id)
    await settled(ada, bo, ...many)
    for (const client of [bo, ...many]) expect(client.all().map(({ type }) => type)).toEqual([])
    const few = await room('public', ada, bo)
    await ada.ask('ok', { action: 'typing', room: few })
    await bo.heard('typing', (frame) => frame.room === few)
    await Promise.all(many.map((client) => client.close()))
  })
})

describe('many people', () => {
  test('[R16][M3][H15][H18] are listed by pages of 100, and read in silence', async () => {
    const prefix = newName('Crowd')
    const people = await tenAtATime(101, (index) => guest(`${prefix} ${index}`))
    const { members, more } = await ada.ask('members', { action: 'members', room: 'general' })
    expect([members.length, more]).toEqual([100, true])
    const rest = await ada.ask('members', { action: 'members', room: 'general', after: members.at(-1)?.id })
    const listed = new Set([...members, ...rest.members].map(({ id }) => id))
    for (const { user } of people) expect(listed.has(user.id)).toBe(true)
    expect(listed.size).toBe(members.length + rest.members.length)

    const found = await api.call('GET /api/users', { token: ada.person.token, query: { q: prefix.toUpperCase() } })
    expect([found.users.length, found.more]).toEqual([100, true])
    const one = await api.call('GET /api/users', { token: ada.person.token, query: { q: `${prefix} 100` } })
    expect([one.users.map(({ name }) => name), one.more]).toEqual([[`${prefix} 100`], false])

    const tablet = await connect(ada.person)
    const { seq } = await say(ada, 'general', 'read this')
    await tablet.ask('ok', { action: 'read', room: 'general', seq })
    await ada.heard('read', (frame) => frame.room === 'general' && frame.seq === seq)
    await settled(ada, bo)
    expect(bo.waiting('read')).toEqual([])
    await tablet.close()
  })

  test('[H15] rooms are listed by pages of 100', async () => {
    const mine = Array.from({ length: 60 }, newRoomId)
    const others = Array.from({ length: 60 }, newRoomId)
    await tenAtATime(60, (index) => ada.ask('room', { action: 'create', room: mine[index], kind: 'private' }))
    await tenAtATime(60, (index) => bo.ask('room', { action: 'create', room: others[index], kind: 'public' }))
    const { token } = ada.person
    const first = await api.call('GET /api/rooms', { token })
    expect([first.rooms.length, first.more]).toEqual([100, true])
    const after = first.rooms.at(-1)?.id ?? ''
    const second = await api.call('GET /api/rooms', { token, query: { after } })
    expect(second.more).toBe(false)
    const ids = [...first.rooms, ...second.rooms].map(({ id }) => id)
    expect(ids).toEqual([...new Set(ids)].sort())
    const own = new Map([...first.rooms, ...second.rooms].map((shown) => [shown.id, shown.member]))
    for (const id of mine) expect(own.get(id)).toBe(true)
    for (const id of others) expect(own.get(id)).toBe(false)
  })

  test('[H21] accounts are listed by pages of 100', async () => {
    const root = await account('owner')
    const known = new Set<string>()
    const listed: string[] = []
    const make = async () => {
      const body = { name: newName('Account'), password: 'password' }
      known.add((await api.call('POST /api/accounts', { token: root.token, body })).account.id)
    }
    await tenAtATime(98, make)
    for (let after: string | undefined, more = true; more; ) {
      const page = await api.call('GET /api/accounts', { token: root.token, ...(after && { query: { after } }) })
      if (page.more) expect(page.accounts).toHaveLength(100)
      listed.push(...page.accounts.map(({ id }) => id))
      after = page.accounts.at(-1)?.id
      more = page.more
    }
    expect(listed).toEqual([...new Set(listed)].sort())
    expect(listed.length).toBeGreaterThan(100)
    for (const id of known) expect(listed).toContain(id)
  })
})
