import { describe, expect, test } from 'vitest'
import { meaningOf } from './keys.ts'

describe('a key', () => {
  test.each([
    ['a', { name: 'a' }, { edit: { insert: 'a' } }],
    ['A', { name: 'a', shift: true }, { edit: { insert: 'A' } }],
    ['좋', { sequence: '좋' }, { edit: { insert: '좋' } }],
    [' ', { name: 'space' }, { edit: { insert: ' ' } }],
    ['\r', { name: 'return' }, { act: 'send' }],
    ['\r', { name: 'return', meta: true }, { edit: { insert: '\n' } }],
    ['\n', { name: 'enter' }, { edit: { insert: '\n' } }],
    ['\x03', { name: 'c', ctrl: true }, { act: 'interrupt' }],
    ['\x1b', { name: 'escape', meta: true }, { act: 'cancel' }],
    [undefined, { name: 'up', meta: true }, { act: 'previous-room' }],
    [undefined, { name: 'left', ctrl: true }, { edit: 'word-left' }],
    [undefined, { sequence: '\x1b[I' }, { act: 'focus' }],
    [undefined, { sequence: '\x1b[O' }, { act: 'blur' }],
    [undefined, { name: 'f5' }, undefined],
    ['x', { name: 'x', ctrl: true }, undefined],
  ] as const)('%j %j means %j', (text, key, meaning) => expect(meaningOf(text, key, false)).toEqual(meaning))

  test('that is pasted is text, line breaks too', () => {
    expect(meaningOf('\r', { name: 'return' }, true)).toEqual({ edit: { insert: '\n' } })
    expect(meaningOf('\t', { name: 'tab' }, true)).toEqual({ edit: { insert: '    ' } })
    expect(meaningOf('\x03', { name: 'c', ctrl: true }, true)).toBeUndefined()
  })
})
