/** What is still to be shown is shown within about so long. */
const catchUpMs = 320
/** Signs per second at the least. */
const leastPerSecond = 120

/**
 * How far a growing text is shown after some time: faster the more is waiting, never within a surrogate pair.
 * @param shown units shown so far, with what is left of one
 * @param ms since then
 */
export const advance = (text: string, shown: number, ms: number): number => {
  const waiting = text.length - shown
  if (waiting <= 0) return text.length
  const step = Math.max((waiting * ms) / catchUpMs, (leastPerSecond * ms) / 1000)
  const next = Math.min(text.length, shown + step)
  const unit = text.charCodeAt(Math.floor(next) - 1)
  return unit >= 0xd800 && unit <= 0xdbff ? Math.min(text.length, next + 1) : next
}
