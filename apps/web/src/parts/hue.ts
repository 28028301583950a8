const hues = 8

/** The class of somebody's colour: the same wherever and whenever they are seen. */
export const hueOf = (id: string): string => {
  let sum = 2_166_136_261
  for (let place = 0; place < id.length; place += 1) sum = Math.imul(sum ^ id.charCodeAt(place), 16_777_619)
  return `hue-${((sum ^ (sum >>> 15)) >>> 0) % hues}`
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' })
const firstOf = (word: string): string => {
  for (const { segment } of graphemes.segment(word)) return segment
  return ''
}

/** One or two letters that stand for a name: of its first and last word where it has several. */
export const initialsOf = (name: string): string => {
  const words = name.split(/[\s_.-]+/u).filter((word) => /[\p{L}\p{N}]/u.test(word))
  if (words.length === 0) return firstOf(name.trim())
  const first = firstOf(words[0] ?? '')
  const isWide = /[\p{Script=Hangul}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u.test(first)
  if (words.length === 1 || isWide) return first.toLocaleUpperCase()
  return (first + firstOf(words.at(-1) ?? '')).toLocaleUpperCase()
}
