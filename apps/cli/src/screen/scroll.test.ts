import { describe, expect, test } from 'vitest'
import type { Row } from './conversation.ts'
import { landing, scrollTo, seenUpTo } from './scroll.ts'

const rowsOf = (...owners: string[]): Row[] =>
  owners.map((owner, place) => ({
    text: owner,
    owner,
    index: owners.slice(0, place).filter((other) => other === owner).length,
  }))
const rows = rowsOf('a', 'b', 'b', 'c', 'd', 'e')

describe('scrolling', () => {
  test('back and forth stays between the first rows and the last', () => {
    expect(seenUpTo(rows, 'end')).toBe(6)
    const up = scrollTo(rows, 3, 3)
    expect(up).toEqual({ owner: 'b', index: 1 })
    expect(seenUpTo(rows, up)).toBe(3)
    expect(seenUpTo(rows, scrollTo(rows, -5, 3))).toBe(3)
    expect(scrollTo(rows, 6, 3)).toBe('end')
    expect(scrollTo(rows, 99, 3)).toBe('end')
    expect(scrollTo([], 5, 3)).toBe('end')
    expect(scrollTo(rows, 1, 99)).toBe('end')
  })

  test('stays where one reads, whatever comes before or after', () => {
    const place = scrollTo(rows, 4, 3)
    expect(seenUpTo([...rowsOf('x', 'y'), ...rows, ...rowsOf('z')], place)).toBe(6)
  })

  test('goes to the end when what was read is gone', () => {
    expect(seenUpTo(rows, { owner: 'gone', index: 0 })).toBe(6)
  })

  test('begins with what is new at the top if it is more than fits', () => {
    const withNew = rowsOf('a', 'b', 'before new', 'new', 'c', 'd', 'e')
    expect(landing(withNew, 5)).toBe('end')
    expect(landing(rows, 2)).toBe('end')
    expect(seenUpTo(withNew, landing(withNew, 3))).toBe(5)
  })
})
