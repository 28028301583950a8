import type { Client } from '@parley/client'
import { Command } from 'commander'
import { goOnline, withServer } from '../account/go-online.ts'
import { inputLines, restOfInput } from '../account/input.ts'
import { openClient } from '../account/open-client.ts'
import { watchConnection } from '../account/watch-connection.ts'
import { exitCodes, Failure } from '../failure.ts'
import { joinRoom } from '../join-room.ts'
import { asSomebody, type SomebodyOptions, whole, withExamples } from '../options.ts'
import { printJson } from '../output.ts'
import { serverAddress } from '../server-address.ts'
import { fromProgram } from '../words/from-program.ts'

interface Options extends SomebodyOptions {
  readonly room: string
  readonly lines?: boolean
  readonly json?: boolean
  /** In seconds. */
  readonly timeout: number
}

/** What is to be sent, one message after the other. */
async function* textsOf(words: readonly string[], lines: boolean): AsyncGenerator<string> {
  if (words.length > 0) yield words.join(' ')
  else if (!lines) yield fromProgram(await restOfInput())
  else {
    const input = inputLines()
    for (let next = await input.next(); !next.done; next = await input.next()) yield fromProgram(next.value)
  }
}

/** Sends texts one after the other, each when the one before is stored; answers how many that were. */
const sendAll = async (client: Client, texts: AsyncIterable<string>, options: Options): Promise<number> => {
  const watch = watchConnection(client, options.timeout * 1000)
  let count = 0
  try {
    for await (const text of texts) {
      if (text.trim() === '') continue
      const message = await Promise.race([client.send(options.room, text).stored, watch.lost])
      count += 1
      if (options.json) printJson(message)
    }
    return count
  } finally {
    watch.end()
  }
}

const send = async (words: readonly string[], options: Options): Promise<void> => {
  const [first = '', ...rest] = words
  const hasAddress = /^https?:\/\//.test(first)
  const server = serverAddress(hasAddress ? first : undefined, process.env)
  const said = hasAddress ? rest : words
  if (said.length === 0 && process.stdin.isTTY) {
    throw new Failure('There is nothing to send. Give a text, or the output of a program.', exitCodes.usage)
  }
  await withServer(server, async () => {
    const { client } = await openClient({ server, who: options })
    await goOnline(client)
    try {
      await joinRoom(client, options.room)
      const count = await sendAll(client, textsOf(said, options.lines ?? false), options)
      if (count === 0) throw new Failure('There was nothing to send.', exitCodes.usage)
    } finally {
      client.stop()
    }
  })
}

export const sendCommand = (): Command => {
  const command = new Command('send')
    .description('Send a message, or several, and end when they are stored.')
    .usage('[options] [url] --room <room> [text...]')
    .argument(
      '[words...]',
      "the server's address, if it begins with http, and the text; without a text: standard input",
    )
    .requiredOption('--room <room>', 'the room; a public one is joined')
    .option('--lines', 'send each line of standard input as a message of its own, when it comes')
    .option('--json', 'print each message as it was stored, as a line of JSON')
    .option('--timeout <seconds>', 'how long to wait when the connection is lost', whole(1), 30)
    .action(send)
  return withExamples(asSomebody(command), [
    'parley send --room general The build is green.',
    'git log -5 --oneline | parley send --room releases',
    'tail -F app.log | grep --line-buffered ERROR | parley send --room alerts --lines --name watchdog',
    'parley send https://chat.example.org --user ana --room general Hello',
  ])
}
