import { describe, expect, test } from 'vitest'
import { parseTyped } from './obey.ts'

describe('what is typed', () => {
  test.each([
    ['hello', { kind: 'text', text: 'hello' }],
    ['  two  blanks ', { kind: 'text', text: '  two  blanks ' }],
    ['/help', { kind: 'command', name: 'help', rest: '' }],
    [' /dm Ana  hello there ', { kind: 'command', name: 'dm', rest: 'Ana  hello there' }],
    ['/edit 4 two\nlines', { kind: 'command', name: 'edit', rest: '4 two\nlines' }],
    ['//help', { kind: 'text', text: '/help' }],
    ['/usr/bin/env', { kind: 'text', text: '/usr/bin/env' }],
    ['/ alone', { kind: 'text', text: '/ alone' }],
    ['1/2', { kind: 'text', text: '1/2' }],
  ])('%j is %j', (typed, meant) => expect(parseTyped(typed)).toEqual(meant))
})
