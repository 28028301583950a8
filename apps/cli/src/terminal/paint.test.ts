import { stripVTControlCharacters } from 'node:util'
import { describe, expect, test } from 'vitest'
import { colourOf, createPaint, hasColours } from './paint.ts'

describe('colours', () => {
  test.each([
    [{}, true, true],
    [{}, false, false],
    [{ TERM: 'dumb' }, true, false],
    [{ NO_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, true, false],
    [{ FORCE_COLOR: '1', NO_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '' }, false, false],
  ])('with %j on a terminal (%s): %s', (environment, isTerminal, expected) => {
    expect(hasColours(environment, isTerminal)).toBe(expected)
  })

  test('leave the text as it is where there are none', () => {
    expect(createPaint(false)(['bold', 'red'], 'text')).toBe('text')
    const painted = createPaint(true)(['bold', 'red'], 'text')
    expect(painted).not.toBe('text')
    expect(stripVTControlCharacters(painted)).toBe('text')
    expect(createPaint(true)('dim', '')).toBe('')
  })

  test('of a user are always the same, and not the same for all', () => {
    const ids = Array.from({ length: 50 }, (_, index) => `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`)
    expect(ids.map(colourOf)).toEqual(ids.map(colourOf))
    expect(new Set(ids.map(colourOf)).size).toBeGreaterThan(5)
    expect(ids.map(colourOf)).not.toContain('red')
  })
})
