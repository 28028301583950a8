import { describe, expect, test } from 'vitest'
import { complete } from './complete.ts'

const completions = {
  commands: {
    join: { completes: 'room' },
    dm: { completes: 'person' },
    react: { completes: 'emoji' },
    rename: {},
    reply: {},
  },
  rooms: ['general', 'design', '@Bia Maria'],
  people: ['Ana', 'Bia Maria', 'Bia'],
  emoji: ['tada', 'thanks', '+1'],
} as const

describe('completing', () => {
  test.each([
    ['/j', '/join ', []],
    ['/re', '/re', ['react', 'rename', 'reply']],
    ['/rep', '/reply ', []],
    ['/x', '/x', []],
    ['/join g', '/join general ', []],
    ['/join @b', '/join @Bia Maria ', []],
    ['/dm an', '/dm Ana ', []],
    ['/dm @b', '/dm Bia', ['Bia', 'Bia Maria']],
    ['/react 4 ta', '/react 4 tada ', []],
    ['/react 4 :t', '/react 4 t', ['tada', 'thanks']],
    ['/rename a', '/rename a', []],
    ['hello @an', 'hello @Ana ', []],
    ['mail a@b', 'mail a@b', []],
    ['hello', 'hello', []],
    ['/constructor x', '/constructor x', []],
  ])('%j is %j, or one of %j', (begun, text, options) => {
    expect(complete(begun, completions)).toEqual({ text, options })
  })
})
