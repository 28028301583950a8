import type { Message, Self } from '@parley/client'
import { expect, test } from 'vitest'
import { isTold, mentions } from './is-told.ts'

const me = { id: 'me', name: 'Ana', kind: 'person', role: 'member' } as Self
const said = (text: string, from = 'bo') => ({ text, from: { id: from, name: 'Bo', kind: 'person' } }) as Message

test.each([
  ['hi @Ana', true],
  ['@ana, look', true],
  ['@Anabel, look', false],
  ['@Anabel and @Ana', true],
  ['mail to bo@ana.example', false],
  ['Ana', false],
])('whether "%s" mentions Ana: %s', (text, does) => {
  expect(mentions(text, 'Ana')).toBe(does)
})

test.each([
  ['public', 'mentions', 'hello', false],
  ['public', 'mentions', 'hello @Ana', true],
  ['public', 'all', 'hello', true],
  ['public', 'none', 'hello @Ana', false],
  ['direct', 'mentions', 'hello', true],
  ['direct', 'none', 'hello', false],
] as const)('in a %s room set to %s, "%s" is told: %s', (kind, choice, text, is) => {
  expect(isTold(said(text), kind, choice, me)).toBe(is)
})

test('nobody is told of their own words', () => {
  expect(isTold(said('@Ana', 'me'), 'direct', 'all', me)).toBe(false)
})
