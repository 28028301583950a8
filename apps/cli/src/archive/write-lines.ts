import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { Failure } from '../failure.ts'

const pieceUnits = 65_536

/** Lines joined to pieces that are worth a write. */
async function* inPieces(lines: AsyncIterable<string>): AsyncGenerator<string> {
  let piece = ''
  for await (const line of lines) {
    piece += line
    if (piece.length < pieceUnits) continue
    yield piece
    piece = ''
  }
  if (piece) yield piece
}

/** Writes lines to standard output, as fast as they are read there. */
export const writeToOutput = async (lines: AsyncIterable<string>): Promise<void> => {
  for await (const piece of inPieces(lines)) {
    if (!process.stdout.write(piece)) await once(process.stdout, 'drain')
  }
}

/** Writes lines to a file that is not there yet, for the owner only. It is there when it is whole. */
export const writeToFile = async (path: string, lines: AsyncIterable<string>): Promise<void> => {
  if (existsSync(path)) throw new Failure(`${path} exists already. Nothing is overwritten.`)
  const partial = `${path}.partial`
  await rm(partial, { force: true })
  const file = await open(partial, 'wx', 0o600)
  try {
    for await (const piece of inPieces(lines)) await file.appendFile(piece)
    await file.sync()
    await file.close()
    await rename(partial, path)
  } catch (error) {
    await file.close().catch(() => {})
    await rm(partial, { force: true })
    throw error
  }
}
