import type { RoomId, UserId } from '@parley/protocol'
import type { Store } from '../../ports/store.ts'
import {
  account,
  addPeople,
  append,
  draft,
  facts,
  general,
  guest,
  instant,
  membership,
  messageId,
  roomId,
  userId,
} from '../samples.ts'

const club = roomId('club')
const direct = roomId('direct-0123456789abcdef')

/** The rooms and people of {@link makeWholeChat}. */
export const wholeChat = {
  rooms: [general, club, direct, roomId('a.b_c-9'), roomId('silent')] as readonly RoomId[],
  people: [1, 2, 3, 4, 5, 6, 7].map(userId) as readonly UserId[],
}

/** Something of everything that a store can be brought to hold: what is left after changes, holes in the log included. */
export const makeWholeChat = async (store: Store): Promise<void> => {
  await addPeople(store, 3)
  await store.addUser(
    account(4, { name: 'Zoë 한글 👋', role: 'owner', passwordHash: '$argon2id$v=19$m=8,t=1,p=1$c2FsdA$aGFzaA' }),
  )
  await store.addUser(account(5, { name: 'Helper', kind: 'bot' }))
  await store.addUser(guest(6, 'Visitor'))
  await store.addUser(guest(7, 'Visitor'))
  await store.changeUser(userId(3), { banned: true, name: 'Renamed', passwordHash: '$argon2id$other' })
  await store.changeRoom(general, { topic: 'Everybody is here' })

  await store.createRoom(facts('club', { kind: 'private', createdBy: userId(1), name: 'The club' }), [
    membership('club', 1, { role: 'admin' }),
  ])
  await store.addMember(membership('club', 6, { joinedAt: instant(2_000) }))
  await store.addMember(membership('club', 2))
  const people = [userId(1), userId(2)]
  await store.createRoom(facts(direct, { kind: 'direct', name: '', createdBy: userId(2), with: people }), [
    membership(direct, 1),
    membership(direct, 2),
  ])
  await store.createRoom(facts('a.b_c-9', { name: 'Punctuation', topic: '한글' }), [membership('a.b_c-9', 3)])
  await store.createRoom(facts('silent', { kind: 'private' }), [])

  await talk(store)

  await store.moveMarker(general, userId(1), 4)
  await store.moveMarker(general, userId(2), 7)
  await store.moveMarker(general, userId(6), 1_000)
  await store.moveMarker(club, userId(2), 1)
  await store.removeMember(club, userId(6))
  const from = { id: userId(4), name: 'Zoë', kind: 'person' } as const
  await store.addBroadcast({ id: messageId(901), from, text: 'second', at: instant(90_001) })
  await store.addBroadcast({ id: messageId(900), from, text: 'first\nof two', at: instant(90_000) })
}

/** In general: 6 messages, and changes up to rev 16, of which 5, 8, 9, 11 and 12 were superseded. */
const talk = async (store: Store): Promise<void> => {
  const change = (number: number, what: Parameters<Store['changeMessage']>[2], room = general) =>
    store.changeMessage(room, messageId(number), what)
  const react = (number: number, user: number, emoji: string, on = true) =>
    change(number, { kind: 'react', user: userId(user), emoji, on })

  await append(store, draft(1, 1, { origin: 'c1', bag: '{"a":1}' }))
  await append(store, draft(2, 2, { replyTo: messageId(1) }))
  await append(store, draft(3, 3, { text: 'tabs\tand\nlines "quoted" \\ \u2028 한글 👋' }))
  await append(store, draft(4, 6, { origin: 'c2' }))
  await change(2, { kind: 'edit', text: 'edited once', at: instant(1_000) })
  await append(store, draft(5, 1))
  await append(store, draft(6, 5, { from: { id: userId(5), name: 'Helper', kind: 'bot' }, text: 'a bot' }))
  await change(2, { kind: 'edit', text: 'edited twice', at: instant(1_001) })
  await react(1, 2, '🎉')
  await change(3, { kind: 'delete', at: instant(1_002) })
  await react(1, 3, '👍')
  await react(1, 1, '🎉')
  await react(1, 3, '🎉')
  await react(5, 2, '❤️')
  await change(2, { kind: 'edit', text: 'edited thrice', at: instant(1_003) })
  await react(4, 1, '👍')

  await append(store, draft(1, 1, { room: club, text: 'the same id in another room', origin: 'c1', at: instant(50) }))
  await append(
    store,
    draft(70, 6, { room: club, text: 'said by somebody who has left', origin: 'c2', at: instant(60) }),
  )
  await append(store, draft(71, 1, { room: direct, text: 'between us' }))
  await change(71, { kind: 'edit', text: 'between us two', at: instant(70) }, direct)
  await append(store, draft(72, 99, { room: roomId('a.b_c-9'), text: 'said by somebody who is gone' }))
}
