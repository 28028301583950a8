import { describe, expect, test } from 'vitest'
import { compose } from './composer.ts'
import { draftOf } from './draft.ts'

describe('what is being written', () => {
  test('stands in one row while it fits', () => {
    expect(compose(draftOf('hello'), 10)).toEqual({ rows: ['hello'], row: 0, column: 5 })
    expect(compose({ text: '좋아요', cursor: 2 }, 10)).toEqual({ rows: ['좋아요'], row: 0, column: 4 })
  })

  test('goes on in the next row, and so does the cursor', () => {
    expect(compose(draftOf('abcdef'), 4)).toEqual({ rows: ['abcd', 'ef'], row: 1, column: 2 })
    expect(compose(draftOf('abcd'), 4)).toEqual({ rows: ['abcd', ''], row: 1, column: 0 })
    expect(compose({ text: 'abcdef', cursor: 4 }, 4)).toMatchObject({ row: 1, column: 0 })
  })

  test('does not break a wide character in two', () => {
    expect(compose(draftOf('a좋아요'), 4)).toEqual({ rows: ['a좋', '아요', ''], row: 2, column: 0 })
  })

  test('keeps the lines that were broken by hand', () => {
    expect(compose(draftOf('a\n\nb'), 4)).toEqual({ rows: ['a', '', 'b'], row: 2, column: 1 })
    expect(compose({ text: 'a\nb', cursor: 1 }, 4)).toMatchObject({ row: 0, column: 1 })
  })

  test('shows eight rows at most, among them that of the cursor', () => {
    const text = Array.from({ length: 20 }, (_, index) => String(index)).join('\n')
    expect(compose(draftOf(text), 10)).toMatchObject({ rows: { length: 8, 7: '19' }, row: 7 })
    expect(compose({ text, cursor: 0 }, 10)).toMatchObject({ rows: { length: 8, 0: '0' }, row: 0 })
  })
})
