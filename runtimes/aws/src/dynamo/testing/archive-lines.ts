import { type Archive, exportLines } from '@parley/core'

/** All lines of an archive, passwords too, with their newlines. */
export const linesOf = async (archive: Archive): Promise<string[]> => {
  const lines: string[] = []
  for await (const line of exportLines(archive, { passwords: true })) lines.push(line)
  return lines
}
