import { limits } from '@parley/protocol/limits'

/** A place in a text at or before another that does not part what is one character. */
export const wholeUpTo = (text: string, end: number): number => {
  if (end >= text.length) return text.length
  return /[\uD800-\uDBFF]/.test(text[end - 1] ?? '') && /[\uDC00-\uDFFF]/.test(text[end] ?? '') ? end - 1 : end
}

/** What the wire takes of a text: no control characters but newline and tab. */
const cleaned = (text: string): string => text.toWellFormed().replace(/[^\P{Cc}\n\t]/gu, '')

/** A text that is written bit by bit, as a bot may say it. */
export interface BotText {
  readonly value: string
  /** Whether there was more than a bot may say. */
  readonly isFull: boolean
  add(text: string): void
}

export const createBotText = (): BotText => {
  let value = ''
  /** The first half of a character whose other half comes with the next bit. */
  let half = ''
  let isFull = false
  return {
    get value() {
      return value
    },
    get isFull() {
      return isFull
    },
    add(text) {
      const [, whole = '', rest = ''] = /^([\s\S]*?)([\uD800-\uDBFF]?)$/.exec(half + text) ?? []
      half = rest
      const all = value + cleaned(whole)
      isFull ||= all.length > limits.botTextUnits
      value = all.slice(0, wholeUpTo(all, limits.botTextUnits))
    },
  }
}
