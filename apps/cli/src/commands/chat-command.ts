import type { Client } from '@parley/client'
import { Command } from 'commander'
import { goOnline, withServer } from '../account/go-online.ts'
import { openClient } from '../account/open-client.ts'
import { joinRoom } from '../join-room.ts'
import { asSomebody, type SomebodyOptions, urlArgument, withExamples } from '../options.ts'
import { serverAddress } from '../server-address.ts'

interface Options extends SomebodyOptions {
  readonly room: string
  readonly plain?: boolean
}

/** Whether there is a terminal on both sides that can do more than print lines. */
const hasScreen = (): boolean =>
  process.stdin.isTTY && process.stdout.isTTY && process.env.TERM !== undefined && process.env.TERM !== 'dumb'

/** Loaded before anything can happen that it should tell of. */
const talkOf = async ({ plain }: Options): Promise<(client: Client, room: string) => Promise<void>> =>
  plain || !hasScreen()
    ? (await import('../chat/line-chat.ts')).lineChat
    : (await import('../chat/screen-chat.ts')).screenChat

const chat = async (url: string | undefined, options: Options): Promise<void> => {
  const server = serverAddress(url, process.env)
  const talk = await talkOf(options)
  await withServer(server, async () => {
    const { client } = await openClient({ server, who: options, keepsOutbox: true })
    await goOnline(client)
    await joinRoom(client, options.room)
    await talk(client, options.room)
  })
}

export const chatCommand = (): Command => {
  const command = new Command('chat')
    .description('Talk: on the whole terminal, or in lines where the input or output is a pipe.')
    .argument(...urlArgument)
    .option('--room <room>', 'the room to begin in; a public one is joined', 'general')
    .option('--plain', 'talk in lines on a terminal, too: for screen readers')
    .action(chat)
  return withExamples(asSomebody(command), [
    'parley chat',
    'parley chat --name Ana',
    'parley chat https://chat.example.org --user ana --room design',
    'echo Hello | parley chat --name robot',
  ])
}
