import { type ClientState, type Message, type Outgoing, ParleyError, type RoomState, type Self } from '@parley/client'
import { describe, expect, test, vi } from 'vitest'
import { columnsOf } from '../terminal/columns.ts'
import { createPaint } from '../terminal/paint.ts'
import { conversation } from './conversation.ts'
import { draftOf, emptyDraft } from './draft.ts'
import { frame, type View } from './frame.ts'

/** Times are written by the environment's language. */
vi.hoisted(() => {
  process.env.LC_ALL = 'C'
})

const people = { ana: 'Ana', bia: 'Bia', min: '민준' } as const
type Who = keyof typeof people
const user = (id: Who) => ({ id, name: people[id], kind: 'person' })
const now = new Date(2026, 9, 23, 12).getTime()
const at = (day: number, hour: number, minute: number): string => new Date(2026, 9, day, hour, minute).toISOString()

const said = (seq: number, from: Who, text: string, more: Partial<Record<keyof Message, unknown>> = {}): Message =>
  ({ id: `m${seq}`, room: 'general', seq, rev: seq, from: user(from), text, at: at(23, 9, seq), ...more }) as Message

interface RoomFacts {
  readonly messages?: readonly Message[]
  readonly facts?: object
  readonly more?: Partial<RoomState>
}
const room = (id: string, { messages = [], facts = {}, more = {} }: RoomFacts = {}): RoomState =>
  ({
    id,
    facts: { id, kind: 'public', name: id, topic: '', ...facts },
    window: { start: 0, complete: 99, newest: 99, beyond: [], messages },
    read: 0,
    unread: 0,
    typing: [],
    members: undefined,
    ...more,
  }) as unknown as RoomState

const state = (rooms: readonly RoomState[], more: Partial<ClientState> = {}): ClientState =>
  ({
    connection: { status: 'online' },
    me: { ...user('ana'), role: 'member' } as unknown as Self,
    rooms: new Map(rooms.map((one) => [one.id, one])),
    people: new Map(Object.keys(people).map((id) => [id, user(id as Who)])),
    online: new Map([
      ['ana', true],
      ['bia', true],
    ]),
    outbox: new Map(),
    opened: new Set(),
    doubts: new Map(),
    ...more,
  }) as unknown as ClientState

const view = (more: Partial<View> = {}): View => ({
  room: 'general',
  newAfter: undefined,
  draft: emptyDraft,
  scroll: 'end',
  panel: undefined,
  panelFrom: 0,
  notice: undefined,
  ...more,
})

const draw = (of: ClientState, what: View = view(), columns = 60, rows = 16) =>
  frame({ state: of, view: what, size: { columns, rows }, now, paint: createPaint(false), conversation })
const shown = (...arguments_: Parameters<typeof draw>): string =>
  draw(...arguments_)
    .rows.map((row) => row.trimEnd())
    .join('\n')

describe('a conversation', () => {
  test('stands with its days, its authors and its numbers', () => {
    const messages = [
      said(1, 'bia', 'Good night', { at: at(21, 22, 0) }),
      said(2, 'bia', 'Morning'),
      said(3, 'bia', '좋아요'),
      said(4, 'min', 'Agreed', { replyTo: 'm2', reactions: { '👀': ['bia', 'ana'] } }),
      said(12, 'min', 'after a while', { editedAt: at(23, 9, 13) }),
      said(13, 'ana', '', { deletedAt: at(23, 9, 14) }),
    ]
    expect(shown(state([room('general', { messages, facts: { topic: 'Anything' } })]), view(), 60, 26)).toBe(
      ` general   Anything
────────────────────────────────────────────────────────────

      ─── Wednesday 21 October ────────────────────────────

      Bia  22:00
   1  Good night

      ─── Today ───────────────────────────────────────────

      Bia  09:02
   2  Morning
   3  좋아요

      민준  09:04
   4  ↳ Bia: Morning
      Agreed
      👀 2

      민준  09:12
  12  after a while (edited)

      Ana  09:13
  13  (deleted)

 ›`,
    )
  })

  test('has a line before what is new', () => {
    const messages = [said(1, 'bia', 'old'), said(2, 'ana', 'mine'), said(3, 'bia', 'new'), said(4, 'bia', 'newer')]
    const rows = shown(state([room('general', { messages })]), view({ newAfter: 1 }), 40, 20).split('\n')
    const line = rows.findIndex((row) => row.includes('─── new ─'))
    expect(rows.slice(line - 2, line + 5)).toEqual([
      '   2  mine',
      '',
      expect.stringContaining('new'),
      '',
      '      Bia  09:03',
      '   3  new',
      '   4  newer',
    ])
  })

  test('shows what is on its way, and what did not get there and why', () => {
    const messages = [said(1, 'ana', 'sent')]
    const failed = new ParleyError('forbidden', 'You are not in this room.')
    const outgoing = [
      { id: 'o1', room: 'general', text: 'pending', writtenAt: Date.parse(at(23, 9, 2)) },
      { id: 'o2', room: 'general', text: 'refused', writtenAt: Date.parse(at(23, 9, 3)), failed },
    ] as unknown as readonly Outgoing[]
    const text = shown(state([room('general', { messages })], { outbox: new Map([['general', outgoing]]) }), view(), 60)
    expect(text).toContain(`
   1  sent
   …  pending
   !  refused
      Not sent: You are not in this room. /retry sends it
      again, /discard gives it up.
`)
  })

  test('shows a reply growing in its place, and how it ended', () => {
    const bot = { from: { id: 'bot', name: 'Assistant', kind: 'bot' } }
    const said4 = said(4, 'ana', 'Now')
    const rowsOf = (more: Partial<Record<keyof Message, unknown>>, text = 'One, two') =>
      shown(state([room('general', { messages: [said(3, 'ana', text, { ...bot, ...more }), said4] })]), view(), 60)
        .split('\n')
        .filter((row) => /^ {3}3|^ {6}\S/.test(row))
        .slice(2, 4)
    expect(rowsOf({ streaming: true }, '')[0]).toBe('   3  ▌')
    expect(rowsOf({ streaming: true })[0]).toBe('   3  One, two▌')
    expect(rowsOf({ ended: 'done' })[0]).toBe('   3  One, two')
    expect(rowsOf({ ended: 'stopped', endedBy: 'bia' })[0]).toBe('   3  One, two (stopped by Bia)')
    expect(rowsOf({ ended: 'interrupted' })[0]).toBe('   3  One, two (interrupted)')
    expect(rowsOf({ ended: 'length', variants: { index: 1, count: 3 } })[0]).toBe(
      '   3  One, two (cut off: too long) (2 of 3)',
    )
  })

  test('invites where nothing was said', () => {
    expect(shown(state([room('general')]))).toContain('Nothing was said here yet. Say hello, or /invite')
  })
})

describe('around it', () => {
  const direct = (id: string, unread: number, who: Who): RoomState =>
    room(id, { facts: { kind: 'direct', name: '', with: ['ana', who] }, more: { unread } })
  const rooms = [
    room('general', { more: { members: ['ana', 'bia', 'min'].map((id) => ({ id, role: 'member' })) as never } }),
    room('design', { more: { unread: 3 } }),
    direct('direct-1', 0, 'bia'),
    direct('direct-2', 99, 'min'),
  ]

  test('are the rooms with what is unread, and the people of this one', () => {
    const text = shown(state(rooms), view(), 80, 12)
    expect(text).toBe(
      `   Parley             │ general                                   ● Bia  ○ 민준
                      │─────────────────────────────────────────────────────────
   Rooms              │
▌  general            │
   design           3 │
                      │
   People             │
 ● Bia                │
 ○ 민준           99+ │      Nothing was said here yet. Say hello, or /invite
                      │      somebody.
                      │
 ● Ana                │ ›`,
    )
  })

  test('is what is unread elsewhere where there is no place for a list', () => {
    expect(shown(state(rooms), view(), 50).split('\n').at(-2)).toMatch(/design 3 {2}민준 99\+$/)
  })

  test('is who is writing', () => {
    const writing = (...typing: Who[]) =>
      shown(state([room('general', { more: { typing: typing as never } })]))
        .split('\n')
        .at(-2)
    expect(writing('bia')).toBe(' Bia is writing')
    expect(writing('bia', 'min')).toBe(' Bia and 민준 are writing')
    expect(writing()).toBe('')
  })

  test('is how things stand with the server', () => {
    const reason = new ParleyError('network', 'gone')
    const waiting = { status: 'waiting', attempt: 1, retryAt: now + 3_200, reason } as const
    const status = (connection: ClientState['connection']) =>
      shown(state([room('general')], { connection }), view({ notice: { text: 'a notice' } }))
        .split('\n')
        .at(-2)
    expect(status(waiting)).toBe(' Offline, trying again in 4 s. What you write is kept.')
    expect(status({ status: 'connecting', attempt: 1 })).toBe(' Reconnecting. What you write is kept.')
    expect(status({ status: 'online' })).toBe(' a notice')
  })

  test('is how much is below what one reads', () => {
    const messages = Array.from({ length: 40 }, (_, index) => said(index + 1, 'bia', `line ${index + 1}`))
    const scroll = { owner: 'm30', index: 0 }
    const { rows, seen, conversation: all } = draw(state([room('general', { messages })]), view({ scroll }))
    expect(rows.at(-2)?.trimEnd()).toMatch(/10 below$/)
    expect(all.slice(seen.from, seen.upTo).at(-1)).toMatchObject({ owner: 'm30' })
  })

  test('is a panel, when one asks for it', () => {
    const panel = () => ({ title: 'People', lines: [{ label: 'Bia', text: 'here' }] })
    const text = shown(state(rooms), view({ panel }), 50)
    expect(text).toContain('   People   Escape goes back\n\n   Bia   here\n')
  })
})

describe('a frame', () => {
  const messages = [said(1, 'bia', 'a long line of 좋아요 and 👨‍👩‍👧 that has to be broken '.repeat(5))]
  const drafts = [emptyDraft, draftOf('written'), draftOf('several\nlines\n좋아요 '.repeat(6))]

  test.each([
    [80, 24],
    [64, 10],
    [63, 24],
    [20, 6],
    [9, 3],
    [200, 60],
  ])('of %i x %i is as large as the terminal, and its cursor is in it', (columns, rows) => {
    const several = state([room('general', { messages, facts: { topic: 'A topic 좋아요 '.repeat(9) } }), room('other')])
    for (const draft of drafts) {
      const drawn = draw(several, view({ draft }), columns, rows)
      expect(drawn.rows.length).toBeLessThanOrEqual(rows)
      if (columns >= 20) expect(drawn.rows.filter((row) => columnsOf(row) > columns)).toEqual([])
      expect(drawn.cursor.row).toBeLessThan(rows)
    }
  })

  test('has the cursor where one writes', () => {
    const { rows, cursor } = draw(state([room('general')]), view({ draft: draftOf('좋아') }), 80, 12)
    expect(rows[cursor.row]).toContain('› 좋아')
    expect(cursor).toEqual({ row: 11, column: 23 + 3 + 4 })
  })
})
