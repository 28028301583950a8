import type { Message, Outgoing } from '@parley/client'
import { expect, test } from 'vitest'
import { type RowsOptions, rowsOf } from './rows.ts'

const noon = new Date(2026, 4, 4, 12).getTime()
const minute = 60_000

const message = (seq: number, author: string, afterMinutes: number, more: Partial<Message> = {}): Message =>
  ({
    id: `m${seq}`,
    room: 'general',
    seq,
    rev: seq,
    from: { id: author, name: author, kind: 'person' },
    text: `text ${seq}`,
    at: new Date(noon + afterMinutes * minute).toISOString(),
    ...more,
  }) as Message

const outgoing = (id: string, afterMinutes: number): Outgoing =>
  ({ id, room: 'general', text: id, writtenAt: noon + afterMinutes * minute }) as Outgoing

const show = (options: Partial<RowsOptions>): readonly string[] =>
  rowsOf({ messages: [], outbox: [], hasOlder: true, me: 'me', newSince: undefined, ...options }).map((row) => {
    if (row.kind === 'message' || row.kind === 'outgoing') return `${row.key}${row.isFirst ? ' first' : ''}`
    return row.kind
  })

test('messages of one author within five minutes are a group', () => {
  const messages = [message(1, 'ana', 0), message(2, 'ana', 4), message(3, 'ana', 10), message(4, 'bo', 10)]
  expect(show({ messages })).toEqual(['day', 'm1 first', 'm2', 'm3 first', 'm4 first'])
})

test('a new day has a line, and begins a group', () => {
  const messages = [message(1, 'ana', 12 * 60 - 1), message(2, 'ana', 12 * 60 + 1)]
  expect(show({ messages })).toEqual(['day', 'm1 first', 'day', 'm2 first'])
})

test('what others said since one was here stands under a line; what one said oneself draws none', () => {
  const messages = [message(1, 'ana', 0), message(2, 'me', 1), message(3, 'ana', 2), message(4, 'ana', 3)]
  expect(show({ messages, newSince: 1 })).toEqual(['day', 'm1 first', 'm2 first', 'new', 'm3 first', 'm4'])
  expect(show({ messages, newSince: 4 })).not.toContain('new')
})

test('a reply says who speaks, since a quote stands above it', () => {
  const messages = [message(1, 'ana', 0), message(2, 'ana', 1, { replyTo: 'm1' as Message['id'] })]
  expect(show({ messages })).toEqual(['day', 'm1 first', 'm2 first'])
})

test('what is answered is quoted, unless it stands right above', () => {
  const [first, second] = [message(1, 'ana', 0), message(2, 'bo', 1, { replyTo: 'm1' as Message['id'] })]
  const third = message(3, 'cy', 2, { replyTo: 'm1' as Message['id'] })
  const rows = rowsOf({ messages: [first, second, third], outbox: [], hasOlder: true, me: 'me', newSince: undefined })
  expect(rows.flatMap((row) => (row.kind === 'message' ? [row.quotes] : []))).toEqual([undefined, undefined, 'm1'])
})

test('the beginning is shown when nothing older is left', () => {
  expect(show({ hasOlder: false })).toEqual(['beginning'])
})

test('what is on its way stands at the end, in the group of what one said before, and never twice', () => {
  const messages = [message(1, 'me', 0), message(2, 'me', 1)]
  const outbox = [outgoing('m2', 1), outgoing('m3', 2), outgoing('m4', 9)]
  expect(show({ messages, outbox })).toEqual(['day', 'm1 first', 'm2', 'm3', 'm4 first'])
})
