/** What a model says, piece by piece, made fit for a message. */
export interface ReplyText {
  /** Takes the next piece and gives what may be said now: perhaps nothing. */
  add(piece: string): string
  /** What was held back for a second half that did not come. */
  rest(): string
  /** More came than a reply may hold; nothing more is given. */
  readonly isFull: boolean
  /** Nothing to be seen was given yet. */
  readonly isBlank: boolean
}

const controls = /[^\P{Cc}\n\t]/gu
const endsWithHighSurrogate = /[\uD800-\uDBFF]$/

/** The beginning of a text of at most so many UTF-16 units. No surrogate pair is split. */
export const beginningWithin = (text: string, units: number): string =>
  text.length <= units ? text : text.slice(0, units).replace(endsWithHighSurrogate, '')

/**
 * Gathers a reply of at most `maxUnits` UTF-16 units. Control characters but newline and tab are dropped, a surrogate
 * without its half becomes U+FFFD, and a pair that comes in two pieces, or would be split by the end, stays whole.
 */
export const replyText = (maxUnits: number): ReplyText => {
  let left = maxUnits
  let held = ''
  let isFull = false
  let isBlank = true

  const give = (text: string): string => {
    let fit = text.toWellFormed().replace(controls, '')
    if (fit.length > left) {
      isFull = true
      fit = beginningWithin(fit, left)
    }
    left -= fit.length
    isBlank &&= fit.trim() === ''
    return fit
  }
  return {
    add(piece) {
      if (isFull) return ''
      const text = held + piece
      held = endsWithHighSurrogate.test(text) ? text.slice(-1) : ''
      return give(held ? text.slice(0, -1) : text)
    },
    rest() {
      const text = held
      held = ''
      return isFull ? '' : give(text)
    },
    get isFull() {
      return isFull
    },
    get isBlank() {
      return isBlank
    },
  }
}
