import { describe, expect, test } from 'vitest'
import { behindGateway } from '../harness/gateway.ts'
import { newId, newName, newRoomId, say, settled, world } from '../harness/world.ts'

const { api, guest, account, member, visitor, connect, room } = await world()
const ada = await member()
const { token } = ada.person

describe('guests', () => {
  test('[H7] are signed in, and members of general', async () => {
    const name = newName('Gast')
    const person = await guest(name)
    expect(person.user).toMatchObject({ name, kind: 'guest', role: 'guest' })
    const { welcome } = await connect(person)
    expect(welcome.rooms.map(({ id }) => id)).toEqual(['general'])
  })

  // Behind a gateway everybody comes from outside: guests are welcome where that is said, and nowhere else.
  const proxies = ['Forwarded', 'X-Forwarded-For', 'X-Forwarded-Host', 'X-Forwarded-Proto', 'X-Real-IP', 'Via']
  test.each(behindGateway() ? [] : proxies)(
    '[H8] are not welcome behind a proxy that says so by %s',
    async (header) => {
      for (const value of ['203.0.113.7', '127.0.0.1', '']) {
        const refusal = await api.refusal('POST /api/guests', {
          body: { name: newName() },
          headers: { [header]: value },
        })
        expect([refusal.status, refusal.code]).toEqual([403, 'forbidden'])
      }
    },
  )
})

describe('rooms and messages', () => {
  test('[H15] lists the own rooms and the public ones, by id, and no other', async () => {
    const bo = await member()
    const [mine, open, secret] = [await room('private', ada), await room('public', bo), await room('private', bo)]
    const { room: direct } = await ada.ask('room', { action: 'direct', with: [bo.me.id] })
    await say(bo, open, 'one')
    await say(ada, mine, 'two')
    const { rooms, more } = await api.call('GET /api/rooms', { token })
    const ids = rooms.map(({ id }) => id)
    expect(ids).toEqual([...ids].sort())
    expect(more).toBe(false)
    expect(ids).not.toContain(secret)
    const found = new Map(rooms.map((shown) => [shown.id as string, shown]))
    expect(found.get(open)).toEqual({ id: open, kind: 'public', name: open, topic: '', rev: 1, member: false })
    expect(found.get(mine)).toEqual({
      ...{ id: mine, kind: 'private', name: mine, topic: '', rev: 1 },
      ...{ read: 0, unread: 1, member: true },
    })
    expect(found.get(direct.id)).toMatchObject({ kind: 'direct', member: true, with: direct.with })
    const after = ids[1] ?? ''
    const rest = await api.call('GET /api/rooms', { token, query: { after } })
    expect(rest.rooms.map(({ id }) => id)).toEqual(ids.slice(2))
  })

  test('[H16] messages are answered as history answers them, and after a seq ascending', async () => {
    const place = await room('private', ada)
    for (let index = 0; index < 7; index += 1) await say(ada, place, `${index}`)
    const page = await ada.ask('page', { action: 'history', room: place, limit: 3 })
    const pageOf = (query: Record<string, number>) =>
      api.call('GET /api/rooms/{room}/messages', { token, at: place, query })
    expect(await pageOf({ limit: 3 })).toEqual({ messages: page.messages, rev: 7, more: true })
    const seqs = async (query: Record<string, number>) => {
      const { messages, more } = await pageOf(query)
      return [messages.map(({ seq }) => seq), more]
    }
    expect(await seqs({ before: 3, limit: 5 })).toEqual([[1, 2], false])
    expect(await seqs({ after: 0, limit: 3 })).toEqual([[1, 2, 3], true])
    expect(await seqs({ after: 3, limit: 4 })).toEqual([[4, 5, 6, 7], false])
    expect(await seqs({ after: 7 })).toEqual([[], false])
    expect(await seqs({})).toEqual([[1, 2, 3, 4, 5, 6, 7], false])
  })

  test('[H17][S1][S2] posting a message does what send does, and tells all sockets of the room', async () => {
    const bo = await visitor()
    const place = await room('private', ada, bo)
    const body = { id: newId(), text: 'by HTTP' }
    const posted = await api.call('POST /api/rooms/{room}/messages', { token, at: place, body })
    expect(posted.message).toMatchObject({ ...body, room: place, seq: 1, rev: 1, from: { id: ada.me.id } })
    for (const client of [ada, bo]) {
      expect(await client.heard('message', (frame) => frame.room === place)).toEqual({ type: 'message', ...posted })
    }
    const again = await api.call('POST /api/rooms/{room}/messages', {
      token,
      at: place,
      body: { ...body, text: 'again' },
    })
    expect(again).toEqual(posted)
    const chosen = await api.call('POST /api/rooms/{room}/messages', {
      token,
      at: place,
      body: { text: 'without an id', replyTo: body.id },
    })
    expect(chosen.message).toMatchObject({ seq: 2, replyTo: body.id })
    expect(chosen.message.id).not.toBe(body.id)
    await settled(ada, bo)
    bo.clear()
    ada.clear()
  })

  test('[H17] posting is refused as send is', async () => {
    const place = await room('private', ada)
    const open = await room('public', ada)
    const bo = await guest()
    const post = async (where: string, body: object) =>
      (await api.refusal('POST /api/rooms/{room}/messages', { token: bo.token, at: where, body })).code
    expect(await post(place, { text: 'text' })).toBe('not_found')
    expect(await post(newRoomId(), { text: 'text' })).toBe('not_found')
    expect(await post(open, { text: 'text' })).toBe('forbidden')
    expect(await post('general', { text: 'text', replyTo: newId() })).toBe('not_found')
    const { id } = await say(ada, 'general', 'mine')
    expect(await post('general', { text: 'text', id })).toBe('conflict')
    expect(await post('general', { text: 'x'.repeat(10_001) })).toBe('too_large')
  })

  test('[H18] users are found by the beginning of their name, whatever the case', async () => {
    const base = newName('Ünique')
    const [one, two] = [await guest(`${base} one`), await account('member', `${base} two`)]
    const found = async (q: string) => {
      const { users } = await api.call('GET /api/users', { token, query: { q } })
      return users.map(({ id }) => id).sort()
    }
    const both = [one.user.id, two.user.id].sort()
    expect(await found(base)).toEqual(both)
    expect(await found(base.toUpperCase())).toEqual(both)
    expect(await found(`${base} ONE`)).toEqual([one.user.id])
    expect(await found(base.slice(1))).toEqual([])
    for (const none of ['%', '_nique', `${base}%`, '*', "' OR 1=1 --"]) expect(await found(none)).toEqual([])
    const all = await api.call('GET /api/users', { token })
    expect(all.users.map(({ id }) => id)).toContain(one.user.id)
    const [shown] = (await api.call('GET /api/users', { token, query: { q: `${base} two` } })).users
    expect(shown).toEqual({ id: two.user.id, name: `${base} two`, kind: 'person', online: false })
  })
})
