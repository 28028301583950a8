import type { Down } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { general, message, messageId, stateAfter, told, welcome } from '../testing/samples.ts'
import { type ClientState, emptyState } from './state.ts'

const reply = (text: string, more = {}) => message(11, { text, streaming: true, ...more })
const piece = (at: number, text: string, rev = 11): Down<'delta'> => ({
  type: 'delta',
  room: general,
  id: messageId(11),
  rev,
  at,
  text,
})
const greeted = stateAfter([welcome()])
const growing = (text = '') => stateAfter([told(reply(text))], greeted)
const windowOf = ({ rooms }: ClientState) => rooms.get(general)?.window
const textOf = (state: ClientState) => windowOf(state)?.messages.at(-1)?.text

describe('a piece of a text', () => {
  test('goes on where the text ends', () => {
    expect(textOf(stateAfter([piece(0, 'Hel'), piece(3, 'lo')], growing()))).toBe('Hello')
  })

  test('adds only what is not held, and nothing when it comes twice', () => {
    expect(textOf(stateAfter([piece(1, 'ello, you')], growing('Hello')))).toBe('Hello, you')
    const state = growing('Hello')
    expect(stateAfter([piece(0, 'Hello'), piece(2, 'l'), piece(5, '')], state)).toBe(state)
  })

  test('of an earlier making is dropped', () => {
    const state = stateAfter([told(reply('', { rev: 12 })), piece(0, 'old')], growing('old'))
    expect(textOf(state)).toBe('')
    expect(windowOf(state)?.newest).toBe(12)
  })

  test('of a later making shows that a change was missed', () => {
    const state = stateAfter([piece(0, 'new', 12)], growing('old'))
    expect(windowOf(state)).toMatchObject({ complete: 11, newest: 12, ahead: [] })
    expect(textOf(state)).toBe('old')
  })

  test('of a message that is not held, or has ended, is dropped', () => {
    expect(windowOf(stateAfter([piece(0, 'x', 10)], greeted))).toBe(windowOf(greeted))
    const ended = stateAfter([told(message(11, { text: 'Hello', ended: 'done' }))], greeted)
    expect(stateAfter([piece(5, ' you')], ended)).toBe(ended)
  })

  test('changes nothing but its message', () => {
    const before = stateAfter([told(message(12))], growing('Hel'))
    const after = stateAfter([piece(3, 'lo')], before)
    expect(windowOf(after)?.messages[1]).toBe(windowOf(before)?.messages[1])
    expect(windowOf(after)?.messages[0]).toEqual(reply('Hello'))
    for (const part of ['people', 'online', 'outbox', 'doubts', 'notes'] as const)
      expect(after[part]).toBe(before[part])
  })
})

describe('a hole in a text', () => {
  const holed = stateAfter([piece(6, 'wor'), piece(9, 'ld'), piece(6, 'world')], growing('Hello'))

  test('leaves the text as it is, and keeps what comes after it', () => {
    expect(textOf(holed)).toBe('Hello')
    expect(windowOf(holed)?.ahead).toEqual([{ id: messageId(11), rev: 11, at: 6, text: 'world' }])
  })

  test('is closed by the piece that was missing', () => {
    const state = stateAfter([piece(5, ' ')], holed)
    expect(textOf(state)).toBe('Hello world')
    expect(windowOf(state)?.ahead).toEqual([])
  })

  test('is closed by the message as the store has it', () => {
    const told: Down = { type: 'synced', room: general, messages: [reply('Hello w')], rev: 11, more: false }
    const state = stateAfter([[{ action: 'sync', room: general, since: 10, limit: 1 }, told]], holed)
    expect(textOf(state)).toBe('Hello world')
    expect(windowOf(state)?.ahead).toEqual([])
  })

  test('is over when the text begins anew, or ends', () => {
    for (const later of [reply('', { rev: 12 }), message(11, { rev: 12, text: 'Hello world', ended: 'done' })]) {
      const state = stateAfter([told(later)], holed)
      expect(textOf(state)).toBe(later.text)
      expect(windowOf(state)?.ahead).toEqual([])
    }
  })
})

describe('a growing message that is told again', () => {
  test('with more of its text brings that', () => {
    expect(textOf(stateAfter([told(reply('Hello'))], growing('Hel')))).toBe('Hello')
  })

  test('with less of its text changes nothing', () => {
    const state = growing('Hello')
    expect(stateAfter([told(reply('Hel'))], state)).toBe(state)
  })
})

describe('a note', () => {
  const note = (text: string, streaming = true): Down<'note'> => ({
    type: 'note',
    room: general,
    id: messageId(1),
    text,
    ...(streaming && { streaming }),
  })
  const notes = (state: ClientState) => state.notes.get(general)?.map(({ text, isGrowing }) => [text, isGrowing])

  test('grows until it is whole, whatever overtakes what', () => {
    const state = stateAfter([note('You'), note('You missed'), note('You mi')], emptyState)
    expect(notes(state)).toEqual([['You missed', true]])
    const whole = stateAfter([note('Little.', false), note('You missed much')], state)
    expect(notes(whole)).toEqual([['Little.', false]])
  })
})
