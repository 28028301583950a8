import type { Client, Message } from '@parley/client'
import { Command } from 'commander'
import { goOnline, withServer } from '../account/go-online.ts'
import { openClient } from '../account/open-client.ts'
import { watchConnection } from '../account/watch-connection.ts'
import { exitCodes, Failure } from '../failure.ts'
import { follow } from '../follow.ts'
import { explainRoom, joinRoom } from '../join-room.ts'
import { asSomebody, type SomebodyOptions, urlArgument, whole, withExamples } from '../options.ts'
import { print, printJson } from '../output.ts'
import { readHistory } from '../read-history.ts'
import { serverAddress } from '../server-address.ts'
import { createPaint, hasColours } from '../terminal/paint.ts'
import { messageLine } from '../words/message-line.ts'
import { sortableTime } from '../words/times.ts'

interface Options extends SomebodyOptions {
  readonly room: string
  readonly lines: number
  readonly follow?: boolean
  readonly json?: boolean
}

/** Rejects when one is no longer in a room. */
const leaving = (client: Client, room: string): Promise<never> =>
  new Promise((_, reject) => {
    client.on('left', (left) => {
      if (left.room === room) reject(new Failure(`You are no longer in ${room}.`, exitCodes.refused))
    })
  })

/** Tells the newest messages and what comes, until the connection is over for good. */
const followOn = async (client: Client, options: Options, tell: (message: Message) => void): Promise<never> => {
  const watch = watchConnection(client)
  await goOnline(client)
  await joinRoom(client, options.room)
  const { messages, rev } = await readHistory(client, options.room, options.lines)
  for (const message of messages) if (!message.streaming) tell(message)
  follow({
    client,
    room: options.room,
    after: rev,
    known: messages,
    tell: (message, change) => {
      if (change === 'created' || options.json) tell(message)
    },
  })
  return Promise.race([watch.lost, leaving(client, options.room)])
}

const tail = async (url: string | undefined, options: Options): Promise<void> => {
  const server = serverAddress(url, process.env)
  const paint = createPaint(hasColours(process.env, process.stdout.isTTY))
  const teller =
    ({ state }: Client) =>
    (message: Message): void =>
      options.json
        ? printJson(message)
        : print(messageLine(message, { before: sortableTime(message.at), paint, known: state }))
  await withServer(server, async () => {
    const { client } = await openClient({ server, who: options, maxGap: Number.MAX_SAFE_INTEGER })
    const tell = teller(client)
    if (options.follow) return followOn(client, options, tell).finally(() => client.stop())
    const { messages } = await readHistory(client, options.room, options.lines).catch((error) =>
      explainRoom(options.room, error),
    )
    for (const message of messages) tell(message)
  })
}

export const tailCommand = (): Command => {
  const command = new Command('tail')
    .description('Print the newest messages of a room.')
    .argument(...urlArgument)
    .requiredOption('--room <room>', 'the room; with --follow a public one is joined')
    .option('--lines <number>', 'how many messages', whole(0), 10)
    .option('--follow', 'go on with what is said from now on, also after the server was away')
    .option(
      '--json',
      'print each message as a line of JSON, replies when they have ended; changed ones again, with a higher rev',
    )
    .action(tail)
  return withExamples(asSomebody(command), [
    'parley tail --room general --lines 50',
    'parley tail --room alerts --follow --json | jq -r \'select(.from.name == "watchdog").text\'',
  ])
}
