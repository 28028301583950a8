import { exportLines, importLines } from '../../archive/move.ts'
import type { Archive } from '../../ports/archive.ts'

/** All lines of an archive, with the passwords unless told otherwise, without their newlines. */
export const linesOf = async (archive: Archive, passwords = true): Promise<string[]> => {
  const lines: string[] = []
  for await (const line of exportLines(archive, { passwords })) lines.push(line.slice(0, -1))
  return lines
}

/** A file of such lines, in pieces that do not keep to them. */
export async function* fileOf(lines: Iterable<string>): AsyncGenerator<Uint8Array> {
  const bytes = Buffer.from([...lines].map((line) => `${line}\n`).join(''))
  for (let start = 0; start < bytes.length; start += 1_000) yield bytes.subarray(start, start + 1_000)
}

export const fill = (archive: Archive, lines: Iterable<string>) => importLines(archive, fileOf(lines))
