import { Command } from 'commander'
import { amounts } from '../archive/amounts.ts'
import { archiveAt, type PlaceOptions, withPlace } from '../archive/place.ts'
import { showProgress } from '../archive/progress.ts'
import { withData } from '../archive/with-data.ts'
import { writeToFile, writeToOutput } from '../archive/write-lines.ts'

interface Options extends PlaceOptions {
  readonly output?: string
  readonly withPasswords?: boolean
}

const exportChat = (options: Options): Promise<void> =>
  withData(async () => {
    const { exportLines } = await import('@parley/core')
    const archive = await archiveAt(options)
    const progress = showProgress()
    let last = { users: 0, rooms: 0, members: 0, messages: 0, broadcasts: 0 }
    const lines = exportLines(archive, { passwords: options.withPasswords ?? false }, (counts) => {
      last = counts
      progress.tell(counts)
    })
    try {
      await (options.output === undefined ? writeToOutput(lines) : writeToFile(options.output, lines))
    } finally {
      progress.end()
    }
    const passwords = options.withPasswords ? 'Passwords are in it: keep it safe.' : 'No passwords are in it.'
    // Where a program reads the output, it needs no word besides.
    if (options.output !== undefined || process.stderr.isTTY) console.error(`Exported ${amounts(last)}. ${passwords}`)
  })

const help = `
Users, rooms, members with how far they have read, messages as they stand, and broadcasts, as lines of JSON. Sessions stay
where they are: people sign in again. It works while the server runs. docs/data.md explains the lines.

Settings (environment variables):
  PARLEY_DATA  the data folder (./data)

Examples:
  parley export --output chat.jsonl
  parley export --with-passwords | gzip > chat.jsonl.gz
  parley export --table parley --region eu-central-1 --with-passwords | parley import
  parley export | jq -r 'select(.type == "message") | .text'`

export const exportCommand = (): Command =>
  withPlace(
    new Command('export')
      .description('Write a whole chat as lines of JSON, to move it or to look at it.')
      .option('--output <file>', 'write to a file that is not there yet (standard output)')
      .option('--with-passwords', "take the hashes of people's passwords along"),
  )
    .addHelpText('after', help)
    .action(exportChat)
