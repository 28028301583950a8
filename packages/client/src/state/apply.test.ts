import type { Down, Room, RoomId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { bea, general, me, message, myRoom, stateAfter, told, userId, welcome } from '../testing/samples.ts'
import type { Ask } from '../wire.ts'
import { apply, forgetTyping, wantRead } from './apply.ts'
import { enqueue } from './outgoing.ts'
import type { ClientState } from './state.ts'

const den = 'den' as RoomId
const facts = (more: Partial<Room> = {}): Room => ({
  id: den,
  kind: 'private',
  name: 'den',
  topic: '',
  rev: 5,
  ...more,
})
const room = (more?: Partial<Room>): Down<'room'> => ({ type: 'room', room: facts(more) })
const greeted = stateAfter([welcome()])
const held = ({ rooms }: ClientState) => [...rooms.keys()]

test('a type that nobody knows, or that is none, changes nothing', () => {
  for (const type of ['reaction', 'toString', '__proto__']) {
    expect(apply(greeted, { type } as never, { maxGap: 500, now: 0 })).toBe(greeted)
  }
})

describe('a welcome', () => {
  test('says who one is, which rooms one has and who is in the direct ones', () => {
    const direct = myRoom({ id: den, kind: 'direct', name: '', with: [me.id, bea.id] })
    const state = stateAfter([welcome({ rooms: [myRoom(), direct], users: [bea] })])
    expect(state.me).toEqual(me)
    expect(held(state)).toEqual(['general', 'den'])
    expect(state.people.get(bea.id)?.name).toBe('Bea')
    expect([...state.online]).toEqual([
      [me.id, true],
      [bea.id, true],
    ])
  })

  test('takes rooms away that it does not have, if it has all', () => {
    const both = stateAfter([welcome({ rooms: [myRoom(), myRoom({ id: den })] })])
    expect(held(stateAfter([welcome()], both))).toEqual(['general'])
    const partial = stateAfter([welcome({ more: true })], both)
    expect(held(partial)).toEqual(['general', 'den'])
    expect(partial.isPartial).toBe(true)
  })

  test('after a break forgets who was there and who was writing; a renewal does not', () => {
    const typing: Down = { type: 'typing', room: general, user: bea.id }
    const before = stateAfter([typing, { type: 'presence', user: bea.id, online: true }], greeted)
    const back = stateAfter([welcome()], before)
    expect([back.rooms.get(general)?.typing, back.online.get(bea.id)]).toEqual([[], undefined])
    const renewed = stateAfter([welcome()], { ...before, connection: { status: 'online' } })
    expect([renewed.rooms.get(general)?.typing, renewed.online.get(bea.id)]).toEqual([[bea.id], true])
  })
})

describe('a message', () => {
  test('names its author and ends the author being seen as writing', () => {
    const state = stateAfter([{ type: 'typing', room: general, user: bea.id }, told(message(11))], greeted)
    expect(state.rooms.get(general)?.typing).toEqual([])
    expect(state.people.get(bea.id)).toEqual({ id: bea.id, name: 'Bea', kind: 'person' })
  })

  test('does not bring an old name back', () => {
    const renamed: Down = { type: 'user', user: { id: bea.id, name: 'Beatrix', kind: 'person' } }
    expect(stateAfter([renamed, told(message(11))], greeted).people.get(bea.id)?.name).toBe('Beatrix')
  })

  test('of a room that is not held is dropped', () => {
    expect(stateAfter([told(message(11, { room: den }))], greeted).rooms).toBe(greeted.rooms)
  })

  test('takes its draft out of the outbox, by whatever frame it is told', () => {
    const own = message(11, { from: { id: me.id, name: 'Ada', kind: 'person' } })
    const pending = enqueue(greeted, { id: own.id, room: general, text: own.text, writtenAt: 1 })
    const page = { room: general, messages: [own], rev: 11, more: false }
    const ways = [
      [told(own)],
      [
        [
          { action: 'sync', room: general, since: 10 },
          { type: 'synced', ...page },
        ],
      ],
      [
        [
          { action: 'history', room: general },
          { type: 'page', ...page },
        ],
      ],
    ] as const
    for (const way of ways) {
      const state = stateAfter(way, pending)
      expect(state.outbox.size).toBe(0)
      expect(state.rooms.get(general)?.window.messages).toEqual([own])
    }
    const other = message(11)
    expect(stateAfter([told(other)], pending).outbox.size).toBe(1)
  })

  test('leaves everything else the same object', () => {
    const state = stateAfter([told(message(11))], stateAfter([welcome({ rooms: [myRoom(), myRoom({ id: den })] })]))
    const next = stateAfter([told(message(12))], state)
    expect(next.rooms.get(den)).toBe(state.rooms.get(den))
    expect(next.people).toBe(state.people)
    expect(next.online).toBe(state.online)
    expect(next.outbox).toBe(state.outbox)
  })
})

describe('a room', () => {
  test('that one did not have is asked for, from where one came into it', () => {
    const state = stateAfter([room({ rev: 5 }), room({ rev: 7 })], greeted)
    expect(held(state)).toEqual(['general'])
    expect(state.doubts.get(den)).toEqual({ number: 2, since: 5 })
  })

  test('that one made, joined or opened is held at once, and asked for', () => {
    const ways: readonly Ask[] = [
      { action: 'create', room: den, kind: 'private' },
      { action: 'join', room: den },
      { action: 'direct', with: [bea.id] },
    ]
    for (const asked of ways) {
      const state = stateAfter([[asked, room()]], greeted)
      expect(held(state)).toEqual(['general', 'den'])
      expect(state.doubts.has(den)).toBe(true)
    }
  })

  test('that one left, or oneself was removed from, is gone', () => {
    const inside = stateAfter([[{ action: 'join', room: den }, room()]], greeted)
    for (const asked of [
      { action: 'leave', room: den },
      { action: 'remove', room: den, user: me.id },
    ] as const) {
      expect(held(stateAfter([[asked, room()]], inside))).toEqual(['general'])
    }
    expect(held(stateAfter([[{ action: 'remove', room: den, user: bea.id }, room()]], inside))).toContain('den')
  })

  test('that one only acted upon does not become an own one', () => {
    expect(held(stateAfter([[{ action: 'set', room: den, topic: 'x' }, room()]], greeted))).toEqual(['general'])
  })

  test('tells facts, a newer rev, and that its members may be others', () => {
    const state = stateAfter([{ type: 'room', room: { ...myRoom(), topic: 'new', rev: 12 } }], greeted)
    const before = greeted.rooms.get(general)
    expect(state.rooms.get(general)).toMatchObject({ facts: { topic: 'new' }, window: { complete: 10, newest: 12 } })
    expect(state.rooms.get(general)?.told).toBeGreaterThan(before?.told ?? 0)
  })

  test('that was left is asked for, since the frame may be an old one', () => {
    const state = stateAfter([{ type: 'left', room: general }], greeted)
    expect(held(state)).toEqual([])
    expect(state.doubts.has(general)).toBe(true)
  })
})

test('typing is remembered once and forgotten', () => {
  const typing: Down = { type: 'typing', room: general, user: bea.id }
  const state = stateAfter([typing, typing], greeted)
  expect(state.rooms.get(general)?.typing).toEqual([bea.id])
  expect(forgetTyping(state, general, bea.id).rooms.get(general)?.typing).toEqual([])
})

describe('read markers', () => {
  const read = (user: typeof me.id, seq: number): Down => ({ type: 'read', room: general, user, seq })
  const behind = stateAfter([welcome({ rooms: [myRoom({ read: 4, unread: 6 })] }), told(message(11))])
  const marker = (state: ClientState) => {
    const { marker: own, wanted, read: shown } = state.rooms.get(general) ?? {}
    return [own, wanted, shown]
  }

  test('of others only go forward', () => {
    const state = stateAfter([read(bea.id, 8), read(bea.id, 6)], behind)
    expect(state.rooms.get(general)?.readBy.get(bea.id)).toBe(8)
  })

  test('of oneself show at once and hold when they are answered', () => {
    const wanted = wantRead(behind, general, 11)
    expect(marker(wanted)).toEqual([4, 11, 11])
    expect(wanted.rooms.get(general)?.unread).toBe(0)
    const answered = stateAfter(
      [
        [
          { action: 'read', room: general, seq: 11 },
          { type: 'ok', ref: '1' },
        ],
      ],
      wanted,
    )
    expect(marker(answered)).toEqual([11, 0, 11])
  })

  test('do not go beyond what the room has, nor back', () => {
    expect(marker(wantRead(behind, general, 99))).toEqual([4, 11, 11])
    expect(wantRead(behind, general, 3)).toBe(behind)
  })

  test('that are wanted are not lost by a welcome that does not know of them', () => {
    const again = stateAfter(
      [welcome({ rooms: [myRoom({ rev: 11, read: 4, unread: 7 })] })],
      wantRead(behind, general, 11),
    )
    expect(marker(again)).toEqual([4, 11, 11])
  })
})

describe('a pong', () => {
  const ping: Ask<'ping'> = { action: 'ping', rooms: [general, den] }

  test('shows what was missed', () => {
    const state = stateAfter([[ping, { type: 'pong', ref: '1', revs: { [general]: 12 } as never }]], greeted)
    expect(state.rooms.get(general)?.window).toMatchObject({ complete: 10, newest: 12 })
  })

  test('without a room that was named puts it in doubt', () => {
    expect(stateAfter([[ping, { type: 'pong', ref: '1', revs: {} }]], greeted).doubts.has(den)).toBe(true)
  })
})

test('a refusal to read or write where one is puts the room in doubt', () => {
  const refused = (code: 'not_found' | 'forbidden' | 'rate_limited'): Down =>
    ({ type: 'error', code, message: '', retry: null }) as Down
  const asked = { action: 'sync', room: general, since: 0 } as const
  expect(stateAfter([[asked, refused('not_found')]], greeted).doubts.has(general)).toBe(true)
  expect(stateAfter([[asked, refused('forbidden')]], greeted).doubts.has(general)).toBe(true)
  expect(stateAfter([[asked, refused('rate_limited')]], greeted).doubts.has(general)).toBe(false)
})

test('members come in pages, with names and who is there', () => {
  const member = (number: number) => ({ ...bea, id: userId(number), name: `P${number}`, role: 'member' as const })
  const page = (numbers: number[], more: boolean): Down => ({
    type: 'members',
    room: general,
    members: numbers.map(member),
    more,
  })
  const first = [{ action: 'members', room: general }, page([2, 3], true)] as const
  const second = [{ action: 'members', room: general, after: userId(3) }, page([4], false)] as const
  const state = stateAfter([first, second, first, second], greeted)
  expect(state.rooms.get(general)?.members?.map(({ id }) => id)).toEqual([2, 3, 4].map(userId))
  expect(state.people.get(userId(4))?.name).toBe('P4')
  expect(state.online.get(userId(4))).toBe(true)
})

test('a list of members does not bring back what was told after it was asked for', () => {
  const asked: Ask<'members'> = { action: 'members', room: general }
  const list: Down = { type: 'members', room: general, members: [{ ...bea, role: 'member' }], more: false }
  const context = { maxGap: 500, asked }
  const met = apply(greeted, list, { ...context, askedAt: 10, now: 20 })
  const renamed = apply(met, { type: 'user', user: { ...bea, name: 'Beatrix' } }, { maxGap: 500, now: 40 })
  const gone = apply(renamed, { type: 'presence', user: bea.id, online: false }, { maxGap: 500, now: 40 })
  const seen = (state: ClientState) => [state.people.get(bea.id)?.name, state.online.get(bea.id)]
  expect(seen(apply(gone, list, { ...context, askedAt: 30, now: 50 }))).toEqual(['Beatrix', false])
  expect(seen(apply(gone, list, { ...context, askedAt: 60, now: 70 }))).toEqual(['Bea', true])
})

test('an own renaming is known from its answer', () => {
  const state = stateAfter(
    [
      [
        { action: 'rename', name: ' Ada Lovelace ' },
        { type: 'ok', ref: '1' },
      ],
    ],
    greeted,
  )
  expect(state.me?.name).toBe('Ada Lovelace')
  expect(state.people.get(me.id)?.name).toBe('Ada Lovelace')
})

test('answers whose question is not known are passed over', () => {
  const page = { room: general, messages: [message(9)], rev: 10, more: true }
  for (const frame of [
    { type: 'synced', ...page },
    { type: 'page', ...page },
    { type: 'pong', ref: '1' },
  ] as Down[]) {
    expect(stateAfter([frame], greeted)).toBe(greeted)
  }
})
