import { expect, test } from 'vitest'
import type { z } from 'zod'
import { type WordValue, words } from '../fixtures/read.ts'
import { limits } from './limits.ts'
import { Emoji, Instant, MessageId, Name, Password, Rev, RoomId, RoomName, Text, Topic, UserId } from './words.ts'

const list = (word: string, kind: 'valid' | 'invalid' | 'tooLarge', rule: string): readonly WordValue[] => {
  const values = words[word]?.[kind]?.filter((value) => value.rule === rule) ?? []
  if (values.length === 0) throw new Error(`no ${kind} ${word} for ${rule}`)
  return values
}
const takes = (schema: z.ZodType, { value, becomes = value }: WordValue): void => {
  expect(schema.parse(value)).toBe(becomes)
}
const refuses = (schema: z.ZodType, { value }: WordValue, message?: string): void => {
  const { error } = schema.safeParse(value)
  expect(error?.issues.length).toBeGreaterThan(0)
  if (message === undefined) expect(error?.issues[0]?.message).not.toBe('too_large')
  else expect(error?.issues[0]?.message).toBe(message)
}

test.each(list('name', 'valid', 'W1'))('[W1] takes a name: $note', (value) => takes(Name, value))
test.each(list('name', 'invalid', 'W1'))('[W1] refuses a name: $note', (value) => refuses(Name, value))
test.each(list('name', 'valid', 'W2'))('[W2] takes a name: $note', (value) => takes(Name, value))
test.each(list('name', 'invalid', 'W2'))('[W2] refuses a name: $note', (value) => refuses(Name, value))
test.each(list('name', 'valid', 'W3'))('[W3] takes a name: $note', (value) => takes(Name, value))
test.each(list('name', 'invalid', 'W3'))('[W3] refuses a name: $note', (value) => refuses(Name, value))

test.each(list('roomId', 'valid', 'W5'))('[W5] takes a room id: $note', (value) => takes(RoomId, value))
test.each(list('roomId', 'invalid', 'W5'))('[W5] refuses a room id: $note', (value) => refuses(RoomId, value))

test.each(list('roomName', 'valid', 'W6'))('[W6] takes a room name: $note', (value) => takes(RoomName, value))
test.each(list('roomName', 'invalid', 'W6'))('[W6] refuses a room name: $note', (value) => refuses(RoomName, value))
test.each(list('topic', 'valid', 'W6'))('[W6] takes a topic: $note', (value) => takes(Topic, value))
test.each(list('topic', 'invalid', 'W6'))('[W6] refuses a topic: $note', (value) => refuses(Topic, value))

test.each(list('messageId', 'valid', 'W11'))('[W11] takes a message id: $note', (value) => takes(MessageId, value))
test.each(list('messageId', 'invalid', 'W11'))('[W11] refuses a message id: $note', (value) =>
  refuses(MessageId, value),
)
test('user ids have the form of message ids', () => {
  for (const value of list('messageId', 'valid', 'W11')) takes(UserId, value)
  for (const value of list('messageId', 'invalid', 'W11')) refuses(UserId, value)
})

test.each(list('text', 'valid', 'W15'))('[W15] takes a text: $note', (value) => takes(Text, value))
test.each(list('text', 'tooLarge', 'W15'))('[W15] finds a text too large: $note', (value) =>
  refuses(Text, value, 'too_large'),
)
test.each(list('text', 'valid', 'W16'))('[W16] takes a text: $note', (value) => takes(Text, value))
test.each(list('text', 'invalid', 'W16'))('[W16] refuses a text: $note', (value) => refuses(Text, value))
test.each(list('text', 'valid', 'W17'))('[W17] takes a text: $note', (value) => takes(Text, value))
test.each(list('text', 'invalid', 'W17'))('[W17] refuses a text: $note', (value) => refuses(Text, value))
test.each(list('text', 'valid', 'W18'))('[W18] leaves a text as it is: $note', (value) => takes(Text, value))

test.each(list('emoji', 'valid', 'W19'))('[W19] takes an emoji: $note', (value) => takes(Emoji, value))
test.each(list('emoji', 'invalid', 'W19'))('[W19] refuses an emoji: $note', (value) => refuses(Emoji, value))

test.each(list('password', 'valid', 'H14'))('[H14] takes a password: $note', (value) => takes(Password, value))
test.each(list('password', 'invalid', 'H14'))('[H14] refuses a password: $note', (value) => refuses(Password, value))

test('a rev is a whole number that JSON keeps exactly', () => {
  for (const value of [0, 1, Number.MAX_SAFE_INTEGER]) expect(Rev.parse(value)).toBe(value)
  for (const value of [-1, 0.5, Number.MAX_SAFE_INTEGER + 1, 1e21, Number.NaN, Number.POSITIVE_INFINITY, '1', null]) {
    expect(Rev.safeParse(value).success).toBe(false)
  }
})

test('an instant is UTC', () => {
  expect(Instant.safeParse(new Date(0).toISOString()).success).toBe(true)
  for (const value of ['2026-11-30', '2026-11-30T12:00:00', '2026-11-30T12:00:00+01:00', '2026-02-30T12:00:00Z']) {
    expect(Instant.safeParse(value).success).toBe(false)
  }
})

test('every fixture of a word is checked by a test of its rule', () => {
  const checked = ['name', 'roomId', 'roomName', 'topic', 'messageId', 'text', 'emoji', 'password']
  expect(Object.keys(words).sort()).toEqual(checked.sort())
  const rules = Object.values(words).flatMap((lists) =>
    Object.values(lists)
      .flat()
      .map(({ rule }) => rule),
  )
  expect([...new Set(rules)].sort()).toEqual([
    'H14',
    'W1',
    'W11',
    'W15',
    'W16',
    'W17',
    'W18',
    'W19',
    'W2',
    'W3',
    'W5',
    'W6',
  ])
})

test('a message with the longest text and the most reactions fits into a frame', () => {
  const at = new Date(0).toISOString()
  const id = '00000000-0000-0000-0000-000000000000'
  const emoji = Array.from(
    { length: limits.emojiPerMessage },
    (_, index) => `${index}`.padStart(2, '0') + '\u{1f468}'.repeat(31),
  )
  const perEmoji = limits.reactionsPerMessage / limits.emojiPerMessage
  const message = {
    id,
    room: 'a'.repeat(64),
    seq: Number.MAX_SAFE_INTEGER,
    rev: Number.MAX_SAFE_INTEGER,
    from: { id, name: '\u{1f468}'.repeat(limits.nameCharacters), kind: 'person' },
    text: '\u6587'.repeat(limits.botTextUnits - 6000) + '"'.repeat(6000),
    at,
    editedAt: at,
    replyTo: id,
    reactions: Object.fromEntries(emoji.map((one) => [one, Array(perEmoji).fill(id)])),
    ended: 'interrupted',
    endedBy: id,
    variants: { index: 99, count: 100 },
  }
  const frame = {
    type: 'message',
    ref: '\u0000'.repeat(limits.refUnits),
    room: message.room,
    rev: message.rev,
    message,
  }
  expect(Buffer.byteLength(JSON.stringify(frame))).toBeLessThan(limits.downBytes)
})
