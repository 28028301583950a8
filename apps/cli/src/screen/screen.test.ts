import type { ClientState, Message, RoomState } from '@parley/client'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createPaint } from '../terminal/paint.ts'
import { createScreen } from './screen.ts'

const message = (room: string, seq: number): Message =>
  ({
    id: `${room} ${seq}`,
    room,
    seq,
    rev: seq,
    from: { id: 'bia', name: 'Bia', kind: 'person' },
    text: `text ${seq}`,
    at: new Date(2026, 9, 23, 9, 0, seq).toISOString(),
  }) as unknown as Message

interface Held {
  /** The messages from this one on are held. */
  readonly from: number
  readonly upTo: number
  readonly read: number
}

const roomOf = (id: string, { from, upTo, read }: Held): RoomState =>
  ({
    id,
    facts: { id, kind: 'public', name: id, topic: '' },
    window: {
      start: from - 1,
      complete: upTo,
      newest: upTo,
      beyond: [],
      messages: Array.from({ length: upTo - from + 1 }, (_, index) => message(id, from + index)),
    },
    read,
    unread: Math.min(99, upTo - read),
    typing: [],
    members: [],
  }) as unknown as RoomState

/** A screen of 40 x 14 on some rooms; what it asks of its client is noted. */
const screenOn = (rooms: Record<string, Held>) => {
  let held = rooms
  let listener = (): void => {}
  const asked: string[] = []
  const drawn: string[][] = []
  const state = (): ClientState =>
    ({
      connection: { status: 'online' },
      me: { id: 'ana', name: 'Ana' },
      rooms: new Map(Object.entries(held).map(([id, of]) => [id, roomOf(id, of)])),
      people: new Map([['bia', { id: 'bia', name: 'Bia' }]]),
      online: new Map(),
      outbox: new Map(),
    }) as unknown as ClientState
  let current = state()
  const become = (next: Record<string, Held>): void => {
    held = { ...held, ...next }
    current = state()
    listener()
  }
  const noted = (what: string) => (room: string) => {
    asked.push(`${what} ${room}`)
    return () => {
      asked.push(`no longer ${what} ${room}`)
    }
  }
  const screen = createScreen({
    client: {
      get state() {
        return current
      },
      subscribe: (heard) => {
        listener = heard
        return () => {}
      },
      open: noted('open'),
      watchMembers: () => () => {},
      older: async (room) => {
        asked.push(`older ${room}`)
        const { from, ...rest } = held[room] as Held
        become({ [room]: { ...rest, from: Math.max(1, from - 50) } })
        return from > 51
      },
      read: (room, seq) => {
        asked.push(`read ${room} ${seq}`)
        const { read, ...rest } = held[room] as Held
        become({ [room]: { ...rest, read: Math.max(read, seq ?? 0) } })
      },
    },
    device: {
      size: () => ({ columns: 40, rows: 14 }),
      draw: (rows) => drawn.push(rows.map((row) => row.trimEnd())),
      forget: () => {},
      enter: () => {},
      leave: () => {},
    },
    paint: createPaint(false),
    room: 'general',
  })
  return { screen, asked, become, seen: () => drawn.at(-1) ?? [], settle: () => vi.advanceTimersByTimeAsync(200) }
}

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a screen', () => {
  test('begins at the end where everything was read, and stays there', async () => {
    const { become, seen, settle, asked } = screenOn({ general: { from: 1, upTo: 20, read: 20 } })
    await settle()
    expect(seen().at(-3)).toBe('  20  text 20')
    become({ general: { from: 1, upTo: 21, read: 20 } })
    await settle()
    expect(seen().at(-3)).toBe('  21  text 21')
    expect(asked).toContain('read general 21')
  })

  test('begins where what is new begins, and marks as read only what is seen', async () => {
    const { seen, settle, asked, screen } = screenOn({ general: { from: 1, upTo: 40, read: 20 } })
    await settle()
    expect(seen().slice(2, 7)).toEqual(['', expect.stringContaining('new'), '', '      Bia  09:00', '  21  text 21'])
    expect(seen().at(-2)).toMatch(/14 below$/)
    expect(asked).toContain('read general 26')
    expect(asked).not.toContain('read general 40')
    screen.change((view) => ({ ...view, scroll: 'end' }))
    await settle()
    expect(asked).toContain('read general 40')
  })

  test('fetches all that is new before it shows it', async () => {
    const { seen, settle, asked } = screenOn({ general: { from: 71, upTo: 120, read: 30 } })
    await settle()
    expect(asked.filter((what) => what === 'older general')).toHaveLength(1)
    expect(seen().find((row) => /text/.test(row))).toBe('   31  text 31')
  })

  test('fetches what is above when one comes near', async () => {
    const { screen, settle, asked } = screenOn({ general: { from: 51, upTo: 100, read: 100 } })
    await settle()
    expect(asked).not.toContain('older general')
    screen.change((view) => ({ ...view, scroll: { owner: 'general 60', index: 0 } }))
    await settle()
    expect(asked).toContain('older general')
  })

  test('that nobody looks at reads nothing, and shows later what came meanwhile', async () => {
    const { screen, become, settle, asked, seen } = screenOn({ general: { from: 1, upTo: 5, read: 5 } })
    await settle()
    screen.look(false)
    become({ general: { from: 1, upTo: 6, read: 5 } })
    await settle()
    expect(asked).not.toContain('read general 6')
    expect(seen().some((row) => row.includes('─ new ─'))).toBe(true)
    screen.look(true)
    await settle()
    expect(asked).toContain('read general 6')
  })

  test('keeps what was begun to be written in each room', async () => {
    const rooms = { general: { from: 1, upTo: 1, read: 1 }, design: { from: 1, upTo: 1, read: 1 } }
    const { screen, asked, settle } = screenOn(rooms)
    screen.change((view) => ({ ...view, draft: { text: 'begun', cursor: 5 } }))
    screen.go('design')
    await settle()
    expect(screen.view).toMatchObject({ room: 'design', draft: { text: '' } })
    expect(asked).toEqual(['open general', 'no longer open general', 'open design'])
    screen.go('general')
    expect(screen.view).toMatchObject({ room: 'general', draft: { text: 'begun' } })
  })

  test('draws no more when it is closed', async () => {
    const { screen, seen, settle } = screenOn({ general: { from: 1, upTo: 1, read: 1 } })
    screen.close()
    await settle()
    expect(seen()).toEqual([])
  })
})
