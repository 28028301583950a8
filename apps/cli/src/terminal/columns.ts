import stringWidth from 'string-width'

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const words = new Intl.Segmenter(undefined, { granularity: 'word' })

const isPlainAscii = (text: string): boolean => /^[\x20-\x7e]*$/.test(text)

/** The characters of a text as people count them. */
export const charactersOf = (text: string): readonly string[] =>
  isPlainAscii(text) ? [...text] : Array.from(graphemes.segment(text), ({ segment }) => segment)

/** How many columns of a terminal a text without styles takes. */
export const columnsOf = (text: string): number => (isPlainAscii(text) ? text.length : stringWidth(text))

/** The beginning of a text that fits, with an ellipsis where something is left out. */
export const cut = (text: string, columns: number): string => {
  if (columnsOf(text) <= columns) return text
  if (columns < 1) return ''
  let kept = ''
  let taken = 0
  for (const character of charactersOf(text)) {
    taken += columnsOf(character)
    if (taken > columns - 1) break
    kept += character
  }
  return `${kept}…`
}

/** A text of exactly so many columns: cut, or filled with blanks. */
export const fit = (text: string, columns: number): string => {
  const kept = cut(text, columns)
  return kept + ' '.repeat(Math.max(0, columns - columnsOf(kept)))
}

/** Scripts that write no blanks between words. */
const unspaced = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}]/u

/** What stays together on a line, if a line can hold it: words, and the blanks between them. */
const piecesOf = (line: string): readonly string[] =>
  line
    .split(/( +)/)
    .flatMap((piece) =>
      unspaced.test(piece) ? Array.from(words.segment(piece), ({ segment }) => segment) : piece === '' ? [] : [piece],
    )

const wrapLine = (line: string, columns: number): readonly string[] => {
  if (columnsOf(line) <= columns) return [line]
  const rows: string[] = []
  let row = ''
  let taken = 0
  const end = (): void => {
    rows.push(row.trimEnd())
    row = ''
    taken = 0
  }
  const add = (piece: string, size: number): void => {
    row += piece
    taken += size
  }
  for (const piece of piecesOf(line)) {
    const size = columnsOf(piece)
    const isBlank = piece.startsWith(' ')
    if (taken + size <= columns) add(piece, size)
    else if (isBlank && taken > 0) end()
    else if (size <= columns) {
      end()
      add(piece, size)
    } else {
      for (const character of charactersOf(piece)) {
        const one = columnsOf(character)
        if (taken + one > columns && taken > 0) end()
        add(character, one)
      }
    }
  }
  rows.push(row.trimEnd())
  return rows
}

/** A text as rows of at most so many columns, broken between words where that can be. Indentation is kept. */
export const wrap = (text: string, columns: number): readonly string[] =>
  text.split('\n').flatMap((line) => wrapLine(line.trimEnd(), columns))
