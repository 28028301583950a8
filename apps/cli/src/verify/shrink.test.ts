import type { Message } from '@parley/client'
import { expect, test } from 'vitest'
import { createJournal } from './history.ts'
import { judge } from './judge.ts'
import { shrink } from './shrink.ts'

const message = (number: number, changes: object = {}): Message =>
  ({
    id: `id-${number}`,
    room: 'den',
    seq: number,
    rev: number,
    from: { id: 'ana-id', name: 'Ana', kind: 'person' },
    text: `says ${number}`,
    at: new Date(number * 1000).toISOString(),
    ...changes,
  }) as Message

/** Thirty messages that were answered, and read in the end but for some. */
const historyWithout = (isLost: (number: number) => boolean, change: (number: number) => object = () => ({})) => {
  const journal = createJournal()
  journal.note({ kind: 'person', who: 'ana', id: 'ana-id', part: 'writer' })
  const numbers = Array.from({ length: 30 }, (_, index) => index + 1)
  for (const number of numbers) {
    const { room, id, text } = message(number)
    const act = journal.act({ who: 'ana', verb: 'send', room, id, text, device: 'ana-a' })
    journal.note({ kind: 'answered', who: 'ana', act, message: message(number) })
  }
  const reader = 'ana over HTTP'
  journal.note({ kind: 'read', who: 'ana', reader, way: 'http', room: 'den', rev: 30 })
  for (const number of numbers) {
    if (isLost(number)) continue
    journal.note({ kind: 'held', who: 'ana', reader, room: 'den', message: message(number, change(number)) })
  }
  return journal.entries
}

test('nothing is wrong with a history in which everything is as it was answered', () => {
  expect(judge(historyWithout(() => false))).toEqual([])
})

test('a lost message is shown by what was asked, what was answered, and that the room was read', () => {
  const entries = historyWithout((number) => number === 17)
  const [violation] = judge(entries)
  expect(violation).toMatchObject({ rule: 'D2', id: 'id-17' })
  const shown = violation ? shrink(entries, violation) : []
  expect(shown.map(({ kind }) => kind)).toEqual(['act', 'answered', 'read'])
})

test('a rev that was given twice is shown by the two messages that bear it', () => {
  const entries = historyWithout(
    () => false,
    (number) => (number === 9 ? { rev: 8 } : {}),
  )
  const violation = judge(entries).find(({ rule }) => rule === 'W8')
  expect(violation).toMatchObject({ rev: 8 })
  const shown = violation ? shrink(entries, violation) : []
  const messages = shown.flatMap((entry) => (entry.kind === 'held' || entry.kind === 'answered' ? [entry.message] : []))
  expect(messages.map(({ rev }) => rev)).toEqual([8, 8])
  expect(new Set(messages.map(({ id }) => id)).size).toBe(2)
})
