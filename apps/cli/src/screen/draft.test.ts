import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Draft, draftOf, type Edit, edit, emptyDraft } from './draft.ts'

/** A draft written with a bar where the cursor is. */
const at = (marked: string): Draft => ({ text: marked.replace('|', ''), cursor: marked.indexOf('|') })
const shown = ({ text, cursor }: Draft): string => `${text.slice(0, cursor)}|${text.slice(cursor)}`

describe('editing', () => {
  test.each<[string, Edit, string]>([
    ['ab|', { insert: 'c' }, 'abc|'],
    ['a|b', { insert: 'x\ny' }, 'ax\ny|b'],
    ['a|b', 'left', '|ab'],
    ['|ab', 'left', '|ab'],
    ['ab|', 'right', 'ab|'],
    ['좋아👨‍👩‍👧|요', 'left', '좋아|👨‍👩‍👧요'],
    ['좋아|👨‍👩‍👧요', 'right', '좋아👨‍👩‍👧|요'],
    ['좋아👨‍👩‍👧|', 'erase-before', '좋아|'],
    ['|e\u0301a', 'erase-after', '|a'],
    ['one two |three', 'word-left', 'one |two three'],
    ['one| two three', 'word-right', 'one two| three'],
    ['one two|', 'erase-word', 'one |'],
    ['one\ntwo|\nthree', 'line-start', 'one\n|two\nthree'],
    ['one\n|two\nthree', 'line-end', 'one\ntwo|\nthree'],
    ['|one', 'line-start', '|one'],
    ['one\ntwo|\nthree', 'erase-to-start', 'one\n|\nthree'],
    ['one\nt|wo\nthree', 'erase-to-end', 'one\nt|\nthree'],
    ['one\ntw|o', 'up', 'on|e\ntwo'],
    ['o\ntwo|', 'up', 'o|\ntwo'],
    ['on|e\ntwo', 'up', '|one\ntwo'],
    ['on|e\n좋아요', 'down', 'one\n좋아|요'],
    ['one\ntw|o', 'down', 'one\ntwo|'],
    ['|\none', 'down', '\n|one'],
  ])('%j by %j is %j', (before, change, after) => expect(shown(edit(at(before), change))).toBe(after))

  test('keeps the cursor within the text, whatever is pressed', () => {
    const change = fc.oneof(
      fc.constantFrom<Edit>(
        'left',
        'right',
        'word-left',
        'word-right',
        'line-start',
        'line-end',
        'up',
        'down',
        'erase-before',
        'erase-after',
        'erase-word',
        'erase-to-start',
        'erase-to-end',
      ),
      fc.constantFrom('a', ' ', '\n', '좋', '👨‍👩‍👧', 'two words').map((insert): Edit => ({ insert })),
    )
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (changes) => {
        const { text, cursor } = changes.reduce(edit, emptyDraft)
        expect(cursor).toBeGreaterThanOrEqual(0)
        expect(cursor).toBeLessThanOrEqual(text.length)
        expect(text.isWellFormed()).toBe(true)
      }),
    )
  })

  test('begins at the end of a text that is given', () => expect(shown(draftOf('given'))).toBe('given|'))
})
