import type { ModelRequest } from './model.ts'

/**
 * What a text costs a model, without a tokenizer: those are tens of megabytes, and each family of models has its own.
 * The rule, per code point, in quarters of a token:
 *
 * - 1 for the letters of ASCII and a space: four make a token, as in English;
 * - 2 for digits, punctuation, line ends, and letters of other alphabets (Latin with marks, Greek, Cyrillic, ...);
 * - 4 for the scripts that tokenizers cut finer (Chinese, Japanese, Korean, the scripts of India, Thai, Arabic, ...);
 * - 8 beyond the basic plane: emoji.
 *
 * It counts high rather than low: measured against published counts it is between half and three times of them.
 */
const quarters = (code: number): number => {
  if ((code >= 0x61 && code <= 0x7a) || (code >= 0x41 && code <= 0x5a) || code === 0x20) return 1
  if (code < 0x590) return 2
  if (code >= 0x1e00 && code < 0x2070) return 2
  return code < 0x10000 ? 4 : 8
}

const codePoint = (character: string): number => character.codePointAt(0) ?? 0

/** An estimate of the tokens of a text. A longer text never counts less. */
export const estimateTokens = (text: string): number => {
  let sum = 0
  for (const character of text) sum += quarters(codePoint(character))
  return Math.ceil(sum / 4)
}

/** What a message costs besides its text: its role and its borders. */
const perMessage = 4

/** An estimate of the tokens of a request, as its provider would count them in. */
export const estimateRequest = ({ messages }: ModelRequest): number =>
  messages.reduce((sum, { text }) => sum + perMessage + estimateTokens(text), 0)

/** The longest beginning of a text that is estimated at most so many tokens. No surrogate pair is split. */
export const beginningOf = (text: string, tokens: number): string => {
  let sum = 0
  let end = 0
  for (const character of text) {
    sum += quarters(codePoint(character))
    if (sum > tokens * 4) return text.slice(0, end)
    end += character.length
  }
  return text
}
