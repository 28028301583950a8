const linesAtMost = 40
const signsOfLine = 90

/** Whether a text would take more than forty lines, as near as can be said without drawing it. */
export const isLong = (text: string): boolean => {
  if (text.length < linesAtMost) return false
  let lines = 0
  for (const line of text.split('\n')) {
    lines += Math.max(1, Math.ceil(line.length / signsOfLine))
    if (lines > linesAtMost + 4) return true
  }
  return false
}
