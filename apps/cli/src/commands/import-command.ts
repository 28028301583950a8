import { createReadStream, existsSync } from 'node:fs'
import { Command } from 'commander'
import { amounts } from '../archive/amounts.ts'
import { archiveAt, type PlaceOptions, withPlace } from '../archive/place.ts'
import { showProgress } from '../archive/progress.ts'
import { withData } from '../archive/with-data.ts'
import { exitCodes, Failure } from '../failure.ts'
import { print } from '../output.ts'

/** The file, or what a program pipes in. */
const piecesOf = (file: string | undefined): AsyncIterable<Uint8Array> => {
  if (file !== undefined) {
    if (!existsSync(file)) throw new Failure(`There is no file ${file}.`)
    return createReadStream(file)
  }
  if (process.stdin.isTTY) {
    throw new Failure('There is nothing to import. Give a file, or the output of parley export.', exitCodes.usage)
  }
  return process.stdin
}

const importChat = (file: string | undefined, options: PlaceOptions): Promise<void> =>
  withData(async () => {
    const { importLines } = await import('@parley/core')
    const archive = await archiveAt(options)
    const progress = showProgress()
    const pieces = piecesOf(file)
    const counts = await importLines(archive, pieces, progress.tell).finally(progress.end)
    print(`Imported ${amounts(counts)}.`)
  }, 'Nothing was imported.')

const help = `
It fills a data folder or a table that nobody has used: all of the file, or nothing. The server must be stopped.
Who came without a password gets one by "parley user password NAME".

Settings (environment variables):
  PARLEY_DATA  the data folder (./data)

Examples:
  parley import chat.jsonl
  gunzip --stdout chat.jsonl.gz | PARLEY_DATA=/var/lib/parley parley import
  parley import chat.jsonl --table parley --region eu-central-1`

export const importCommand = (): Command =>
  withPlace(
    new Command('import')
      .description('Fill an empty data folder or table with an exported chat.')
      .argument('[file]', 'what parley export has written (standard input)'),
  )
    .addHelpText('after', help)
    .action(importChat)
