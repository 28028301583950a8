import type { Client } from '@parley/client'
import { Command } from 'commander'
import { goOnline, withServer } from '../account/go-online.ts'
import { openClient } from '../account/open-client.ts'
import { type ListedRoom, listRooms } from '../list-rooms.ts'
import { asSomebody, type SomebodyOptions, urlArgument, withExamples } from '../options.ts'
import { print, printJson } from '../output.ts'
import { serverAddress } from '../server-address.ts'
import { harmless } from '../terminal/harmless.ts'
import { createPaint, hasColours } from '../terminal/paint.ts'
import { titleOf } from '../words/names.ts'
import { standingOf } from '../words/room-words.ts'

/** The names of who is in direct rooms are told to who is connected. */
const learnNames = async (client: Client, rooms: readonly ListedRoom[]): Promise<void> => {
  if (!rooms.some(({ kind }) => kind === 'direct')) return
  await goOnline(client)
  client.stop()
}

/** What measures texts takes its time to load, and is of no use in a pipe. */
const tableOf = async (rows: readonly (readonly string[])[]): Promise<readonly string[]> => {
  const { roomTable } = await import('../words/room-table.ts')
  return roomTable(rows, process.stdout.columns, createPaint(hasColours(process.env, process.stdout.isTTY)))
}

const showRooms = async (url: string | undefined, options: SomebodyOptions & { json?: boolean }): Promise<void> => {
  const server = serverAddress(url, process.env)
  await withServer(server, async () => {
    const { client, me } = await openClient({ server, who: options })
    const rooms = await listRooms(client)
    if (options.json) {
      for (const room of rooms) printJson(room)
      return
    }
    await learnNames(client, rooms)
    const { people } = client.state
    const rows = rooms.map((room) => {
      const title = room.kind === 'direct' ? titleOf({ me, people }, room) : room.id
      return [title, standingOf(room), harmless(room.topic)]
    })
    for (const line of process.stdout.isTTY ? await tableOf(rows) : rows.map((row) => row.join('\t'))) print(line)
  })
}

export const roomsCommand = (): Command => {
  const command = new Command('rooms')
    .description('List your rooms and all public ones: what is unread, and the topic.')
    .argument(...urlArgument)
    .option('--json', 'print each room as a line of JSON')
    .action(showRooms)
  return withExamples(asSomebody(command), ['parley rooms', "parley rooms --json | jq -r 'select(.unread > 0) | .id'"])
}
