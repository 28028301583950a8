import { describe, expect, test } from 'vitest'
import {
  ana,
  bia,
  end,
  general,
  header,
  type Line,
  member,
  message,
  read,
  said,
  whole,
  withLine,
  withMore,
} from '../testing/archive/sample-lines.ts'
import { instant, messageId, userId } from '../testing/samples.ts'

describe('the order', () => {
  const disordered: Record<string, [readonly (Line | string)[], string]> = {
    'of kinds': [withMore(10, { ...bia, id: userId(9), name: 'Zoe' }), 'line 10: a user comes before every message'],
    'of users': [withMore(3, bia), 'line 4: the same user twice'],
    'of users by id': [[header, bia, ana, ...whole.slice(3), end], 'line 3: is out of order: users come by id'],
    'of rooms': [withMore(4, general), 'line 5: is out of order: rooms come by id'],
    'of members': [
      withMore(6, { ...member, user: userId(2) }),
      'line 7: is out of order: members come by room and user',
    ],
    'of the same member': [withMore(6, member), 'line 7: the same member twice'],
    'of messages': [withMore(7, message(2)), 'line 8: is out of order: messages come by room and seq'],
    'of the same seq': [withMore(7, message(1)), 'line 8: the same message twice'],
    'of messages of another room': [
      withMore(10, { ...message(1), room: 'club' }),
      'line 10: is out of order: messages come by room and seq',
    ],
    'of broadcasts': [
      withMore(10, { ...said, at: instant(91) }),
      'line 11: is out of order: broadcasts come by time and id',
    ],
  }
  for (const [what, [lines, reason]] of Object.entries(disordered)) {
    test(what, async () => {
      await expect(read(lines)).rejects.toThrow(reason)
    })
  }
})

describe('what is spoken of is there', () => {
  const dangling: Record<string, [readonly (Line | string)[], string]> = {
    'the maker of a room': [withLine(4, { createdBy: userId(7) }), `line 4: there is no user ${userId(7)}`],
    'the people of a direct room': [
      withLine(4, { kind: 'direct', name: '', with: [userId(1), userId(7)] }),
      `line 4: there is no user ${userId(7)}`,
    ],
    'the user of a membership': [withLine(6, { user: userId(7) }), `line 6: there is no user ${userId(7)}`],
    'the room of a membership': [withLine(6, { room: 'dub' }), 'line 6: there is no room dub'],
    'the room of a message': [withLine(7, { room: 'dub' }), 'line 7: there is no room dub'],
    'what a marker has read': [
      withLine(6, { room: 'general', read: 10 }),
      'line 6: has read up to 10, but the last change of general is 9',
    ],
    'what a marker has read in silence': [
      withLine(6, { read: 1 }),
      'line 6: has read up to 1, but nothing was said in club',
    ],
    general: [
      [header, ana, { ...end, users: 1, rooms: 0, members: 0, messages: 0, broadcasts: 0 }],
      'line 3: the room general is missing',
    ],
  }
  for (const [what, [lines, reason]] of Object.entries(dangling)) {
    test(what, async () => {
      await expect(read(lines)).rejects.toThrow(reason)
    })
  }

  test('but authors, and who has reacted, may be gone', async () => {
    const gone = { id: userId(7), name: 'Gone', kind: 'person' }
    const lines = withLine(7, {
      from: gone,
      reactions: { '👍': [userId(8)] },
      endedBy: userId(9),
      replyTo: messageId(80),
    })
    expect(await read(lines)).toHaveLength(9)
  })

  test('a marker may stand at the last change', async () => {
    expect(await read(withLine(6, { room: 'general', read: 9 }))).toHaveLength(9)
  })
})

describe('nothing is there twice', () => {
  const doubled: Record<string, [readonly (Line | string)[], string]> = {
    'a name': [withLine(3, { name: 'ANA' }), 'line 3: the name ANA is taken by another user'],
    'a rev': [withLine(9, { rev: 4 }), 'line 9: rev: 4 is the rev of another message'],
    'a rev that is the seq of a later one': [withLine(7, { rev: 2 }), 'line 8: seq: 2 is the rev of another message'],
    'a time': [withLine(8, { at: instant(1) }), 'line 8: at: is not later than that of the message before'],
    'a broadcast': [
      [...whole, { ...said, at: instant(91) }, { ...end, broadcasts: 2 }],
      'line 11: the same broadcast twice',
    ],
  }
  for (const [what, [lines, reason]] of Object.entries(doubled)) {
    test(what, async () => {
      await expect(read(lines)).rejects.toThrow(reason)
    })
  }

  test('guests share names, also with an account that came later', async () => {
    const guest = { ...bia, name: 'ANA', kind: 'guest', role: 'guest' }
    expect(await read(withLine(3, guest))).toHaveLength(9)
  })
})
