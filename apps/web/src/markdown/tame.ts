import { hasFence, linesOfProse } from './blocks.ts'

/** What takes a Markdown parser long, or deeper than its stack: so many of these, of all or in a row. */
const signsMax = 1_000
const linesMax = 1_000
const signs = /[*_~`![\]]/g
const row = /[*_~`![\]?.,:;'")&<]{200}/
const nested = /^(?:[ \t]*(?:>|(?:[-*+]|\d{1,9}[.)])[ \t])){25}/

/**
 * Whether a text can be read as Markdown in a moment. Nobody writes other texts but to make the pages of others stand
 * still: they are shown as they are.
 */
export const isTame = (text: string): boolean => {
  const lines = linesOfProse(text)
  if (lines.length > linesMax) return false
  let found = 0
  for (const line of lines) {
    if (nested.test(line) || row.test(line)) return false
    found += line.match(signs)?.length ?? 0
  }
  return found <= signsMax
}

/** Whether there is code to highlight. Lines that nobody writes by hand take the highlighter the square of their length. */
export const hasCodeToHighlight = (text: string): boolean => hasFence(text) && !/[^\n]{1000}/.test(text)
