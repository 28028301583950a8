const fence = /^ {0,3}(`{3,}|~{3,})/
const listItem = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:\s|$)/
const definition = /^ {0,3}\[[^\]]+\]:\s|\[\^[^\]]+\]/m

/** Whether a line closes the fence that another opened. */
const closes = (line: string, opened: string): boolean => {
  const bare = line.trim()
  return bare.length >= opened.length && [...bare].every((sign) => sign === opened[0])
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
    if (opened) {
      if (closes(line, opened)) opened = undefined
    } else {
      const run = fence.exec(line.trimStart())?.[1]
      const isInline = run?.startsWith('`') && line.trimStart().slice(run.length).includes('`')
      if (run && !isInline) opened = run
    }
  }
  return [...blocks, block.join('\n')]
}

/** Whether a block has code between fences. */
export const hasFence = (block: string): boolean => /^\s*(?:[-*+]|\d+[.)])?\s*(?:```|~~~)/m.test(block)

/**
 * The last block of a text that is being written, with what is not closed yet closed or left out: bold and its first
 * sign, code within a line, a link of which only a part is there, the first signs of a fence. So nothing is shown one way
 * now and another a moment later.
 */
export const settle = (written: string): string => {
  const block = written.replace(/(^|\n)[ \t]*(?:`{1,2}|~{1,2})$/, '$1')
  if (hasFence(block)) return block
  const linked = block.replace(/!?\[[^\]\n]*\]\([^)\n]*$|!\[[^\]\n]*$/, '')
  const line = linked.slice(linked.lastIndexOf('\n') + 1)
  const ticks = line.split('`').length - 1
  const coded = ticks % 2 === 1 ? `${linked}\`` : linked
  if (ticks % 2 === 1) return coded
  const stars = line.replace(/`[^`]*`/g, '').split('**').length - 1
  if (stars % 2 === 0) return coded.replace(/(^|[^*])\*$/, '$1')
  return coded.endsWith('**') ? coded.slice(0, -2) : `${coded.replace(/\*$/, '')}**`
}
