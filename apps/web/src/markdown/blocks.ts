const fence = /^ {0,3}(`{3,}|~{3,})/
const listItem = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/
/** A label has at most 999 signs. */
const definition = /^ {0,3}\[[^\]]{1,999}\]:\s|\[\^[^\]]{1,999}\]/m

/** Whether a line closes the fence that another opened. */
const closes = (line: string, opened: string): boolean => {
  const bare = line.trim()
  return bare.length >= opened.length && [...bare].every((sign) => sign === opened[0])
}

/** By which signs code is open behind a line; undefined: it is not. `opened`: before it. */
const openBehind = (line: string, opened: string | undefined): string | undefined => {
  if (opened) return closes(line, opened) ? undefined : opened
  const bare = line.trimStart()
  const run = fence.exec(bare)?.[1]
  return run?.startsWith('`') && bare.slice(run.length).includes('`') ? undefined : run
}

/** The lines of a Markdown text that are not code between fences. */
export const linesOfProse = (text: string): readonly string[] => {
  let opened: string | undefined
  return text.split('\n').filter((line) => {
    const wasOpen = opened !== undefined
    opened = openBehind(line, opened)
    return !wasOpen && opened === undefined
  })
}

/**
 * Splits Markdown between its paragraphs, lists, tables and code, so that of a text that grows only the last part is
 * read again. Joined by newlines the parts are the text. A text whose parts refer to each other stays whole.
 */
export const splitBlocks = (text: string): readonly string[] => {
  if (definition.test(text)) return [text]
  const blocks: string[] = []
  let block: string[] = []
  let opened: string | undefined
  let isAfterBlank = false
  const isListed = (): boolean => listItem.test(block.find((line) => line.trim() !== '') ?? '')
  const begins = (line: string): boolean => {
    if (!isAfterBlank || opened || line.trim() === '') return false
    const continuesList = isListed() && (listItem.test(line) || /^\s/.test(line))
    return !continuesList && !/^ {4}|^\t/.test(line)
  }
  for (const line of text.split('\n')) {
    if (begins(line)) {
      blocks.push(block.join('\n'))
      block = []
    }
    block.push(line)
    isAfterBlank = line.trim() === ''
    opened = openBehind(line, opened)
  }
  return [...blocks, block.join('\n')]
}

/** Whether a block has code between fences. */
export const hasFence = (block: string): boolean => /^[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]*)?(?:```|~~~)/m.test(block)

/** A link of which only a part is there is looked for in so many signs at the end. */
const partMax = 2_000

/**
 * The last block of a text that is being written, with what is not closed yet closed or left out: bold and its first
 * sign, code within a line, a link of which only a part is there, the first signs of a fence. So nothing is shown one way
 * now and another a moment later.
 */
export const settle = (written: string): string => {
  const block = written.replace(/(^|\n)[ \t]*(?:`{1,2}|~{1,2})$/, '$1')
  if (hasFence(block)) return block
  const from = Math.max(block.lastIndexOf('\n') + 1, block.length - partMax)
  const linked = block.slice(0, from) + block.slice(from).replace(/!?\[[^\]]*\]\([^)]*$|!\[[^\]]*$/, '')
  const line = linked.slice(linked.lastIndexOf('\n') + 1)
  const ticks = line.split('`').length - 1
  const coded = ticks % 2 === 1 ? `${linked}\`` : linked
  if (ticks % 2 === 1) return coded
  const stars = line.replace(/`[^`]*`/g, '').split('**').length - 1
  if (stars % 2 === 0) return coded.replace(/(^|[^*])\*$/, '$1')
  return coded.endsWith('**') ? coded.slice(0, -2) : `${coded.replace(/\*$/, '')}**`
}
