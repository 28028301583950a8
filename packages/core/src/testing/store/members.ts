import { expect, test } from 'vitest'
import type { Store } from '../../ports/store.ts'
import { addPeople, append, draft, facts, general, instant, membership, roomId, upTo, userId } from '../samples.ts'

const club = roomId('club')

export const memberTests = (given: () => Store): void => {
  const withClub = async (people: number): Promise<Store> => {
    const store = given()
    await addPeople(store, people)
    await store.createRoom(facts('club'), [])
    return store
  }

  test('addMember says whether there was none; who is there keeps role and marker', async () => {
    const store = await withClub(1)
    const first = membership('club', 1, { role: 'admin' })
    expect(await store.addMember(first)).toBe(true)
    expect(await store.addMember(membership('club', 1, { joinedAt: instant(9_000) }))).toBe(false)
    expect(await store.members(club, { limit: 10 })).toStrictEqual([first])
    expect(await store.memberships(userId(1))).toContainEqual(first)
  })

  test('of concurrent addMembers one adds', async () => {
    const store = await withClub(1)
    const added = await Promise.all(upTo(10).map(() => store.addMember(membership('club', 1))))
    expect(added.filter((one) => one)).toHaveLength(1)
  })

  test('many join at once, and all are members', async () => {
    const store = await withClub(40)
    const added = await Promise.all(upTo(40).map((user) => store.addMember(membership('club', user))))
    expect(added).toStrictEqual(upTo(40).map(() => true))
    expect((await store.members(club, { limit: 100 })).map(({ user }) => user)).toStrictEqual(upTo(40).map(userId))
  })

  test('members are listed by user id, after one', async () => {
    const store = await withClub(7)
    for (const user of [5, 2, 7, 1, 3]) await store.addMember(membership('club', user))
    const first = await store.members(club, { limit: 3 })
    expect(first.map(({ user }) => user)).toStrictEqual([1, 2, 3].map(userId))
    const rest = await store.members(club, { after: userId(3), limit: 3 })
    expect(rest.map(({ user }) => user)).toStrictEqual([5, 7].map(userId))
    expect(await store.members(club, { after: userId(7), limit: 3 })).toStrictEqual([])
  })

  test('memberships are listed by joining; who comes back comes last', async () => {
    const store = await withClub(1)
    for (const [word, ms] of Object.entries({ zoo: 2_000, art: 3_000, bar: 4_000 })) {
      await store.createRoom(facts(word), [])
      await store.addMember(membership(word, 1, { joinedAt: instant(ms) }))
    }
    const rooms = async () => (await store.memberships(userId(1))).map(({ room }) => room)
    expect(await rooms()).toStrictEqual(['general', 'zoo', 'art', 'bar'])
    await store.removeMember(roomId('zoo'), userId(1))
    await store.addMember(membership('zoo', 1, { joinedAt: instant(5_000) }))
    expect(await rooms()).toStrictEqual(['general', 'art', 'bar', 'zoo'])
    expect(await store.memberships(userId(9))).toStrictEqual([])
  })

  test('changeMemberRole says whether there was a member, and changes the role only', async () => {
    const store = await withClub(2)
    await store.addMember(membership('club', 1))
    expect(await store.changeMemberRole(club, userId(1), 'admin')).toBe(true)
    expect(await store.members(club, { limit: 10 })).toStrictEqual([membership('club', 1, { role: 'admin' })])
    expect(await store.changeMemberRole(club, userId(2), 'admin')).toBe(false)
    expect(await store.members(club, { limit: 10 })).toHaveLength(1)
  })

  test('removeMember says whether there was one', async () => {
    const store = await withClub(1)
    await store.addMember(membership('club', 1))
    const removed = await Promise.all(upTo(5).map(() => store.removeMember(club, userId(1))))
    expect(removed.filter((one) => one)).toHaveLength(1)
    expect(await store.members(club, { limit: 10 })).toStrictEqual([])
    expect((await store.memberships(userId(1))).map(({ room }) => room)).toStrictEqual([general])
    expect(await store.removeMember(club, userId(9))).toBe(false)
  })

  test('joins and leaves at once leave both lists of one mind', async () => {
    const store = await withClub(6)
    await Promise.all(
      upTo(6).flatMap((user) => [
        store.addMember(membership('club', user)),
        store.removeMember(club, userId(user)),
        store.addMember(membership('club', user)),
      ]),
    )
    const listed = (await store.members(club, { limit: 10 })).map(({ user }) => user)
    for (const user of upTo(6).map(userId)) {
      const own = (await store.memberships(user)).some(({ room }) => room === club)
      expect(own).toBe(listed.includes(user))
      expect((await store.standing(club, user))?.membership !== undefined).toBe(own)
    }
  })

  test('moveMarker moves forward only, to the rev of the room at most', async () => {
    const store = await withClub(2)
    for (const number of upTo(5)) await append(store, draft(number, 1))
    expect(await store.moveMarker(general, userId(1), 3)).toBe(3)
    expect(await store.moveMarker(general, userId(1), 3)).toBeUndefined()
    expect(await store.moveMarker(general, userId(1), 2)).toBeUndefined()
    expect(await store.moveMarker(general, userId(1), 99)).toBe(5)
    expect(await store.moveMarker(general, userId(1), 100)).toBeUndefined()
    expect((await store.standing(general, userId(1)))?.membership?.read).toBe(5)
    expect((await store.standing(general, userId(2)))?.membership?.read).toBe(0)
  })

  test('moveMarker moves nothing for who is not a member', async () => {
    const store = await withClub(1)
    await append(store, draft(1, 1, { room: club }))
    expect(await store.moveMarker(club, userId(1), 1)).toBeUndefined()
    expect(await store.moveMarker(roomId('nowhere'), userId(1), 1)).toBeUndefined()
    expect((await store.standing(club, userId(1)))?.membership).toBeUndefined()
  })

  test('a marker moved from many devices at once stands at the furthest', async () => {
    const store = await withClub(1)
    for (const number of upTo(20)) await append(store, draft(number, 1))
    const places = await Promise.all([7, 20, 3, 15, 11].map((seq) => store.moveMarker(general, userId(1), seq)))
    expect(places).toContain(20)
    expect((await store.standing(general, userId(1)))?.membership?.read).toBe(20)
  })

  test('overviews answers the rooms that one is in, in the order asked for', async () => {
    const store = await withClub(2)
    await store.createRoom(facts('zoo'), [membership('zoo', 1), membership('zoo', 2)])
    await store.addMember(membership('club', 2))
    await append(store, draft(1, 2, { room: roomId('zoo') }))
    const asked = ['zoo', 'nowhere', 'club', 'general'].map(roomId)
    expect(await store.overviews(userId(1), asked)).toStrictEqual([
      { facts: facts('zoo'), membership: membership('zoo', 1), rev: 1, unread: 1 },
      { facts: await store.room(general), membership: (await store.memberships(userId(1)))[0], rev: 0, unread: 0 },
    ])
  })

  test('unread counts messages after the marker, own and deleted ones too, but no other changes', async () => {
    const store = await withClub(2)
    for (const number of upTo(4)) await append(store, draft(number, (number % 2) + 1))
    await store.moveMarker(general, userId(1), 2)
    await store.changeMessage(general, draft(1, 2).id, { kind: 'edit', text: 'new', at: instant(50) })
    await store.changeMessage(general, draft(3, 2).id, { kind: 'delete', at: instant(51) })
    await append(store, draft(5, 1))
    const [overview] = await store.overviews(userId(1), [general])
    expect(overview).toMatchObject({ rev: 7, unread: 3 })
    expect(overview?.membership.read).toBe(2)
    await store.moveMarker(general, userId(1), 5)
    expect((await store.overviews(userId(1), [general]))[0]?.unread).toBe(1)
  })

  test('unread is 99 at most', async () => {
    const store = await withClub(1)
    await Promise.all(upTo(101).map((number) => append(store, draft(number, 1))))
    const unread = async () => (await store.overviews(userId(1), [general]))[0]?.unread
    expect(await unread()).toBe(99)
    await store.moveMarker(general, userId(1), 2)
    expect(await unread()).toBe(99)
    await store.moveMarker(general, userId(1), 3)
    expect(await unread()).toBe(98)
  })
}
