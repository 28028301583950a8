import type { Client } from '@parley/client'
import { inputLines } from '../account/input.ts'
import { watchConnection } from '../account/watch-connection.ts'
import { print } from '../output.ts'
import { createPaint, hasColours } from '../terminal/paint.ts'
import { until } from '../until.ts'
import { createLineFeed } from './line-feed.ts'
import { notePanel } from './notes.ts'
import { obey, parseTyped } from './obey.ts'
import type { Panel, Talk } from './talk.ts'
import { deliver, isDelivered } from './unsent.ts'

/** How long the end waits for what is still to be sent: of the input, and of who quits. */
const patienceMs = { input: 30_000, quit: 2_000 } as const
/** How long a command waits for what was said before it. */
const orderMs = 20_000

const quiet = (text: string): void => console.error(`* ${text}`)

const showPanel = (panel: () => Panel): void => {
  const { title, lines } = panel()
  print(`* ${title}`)
  for (const { label, text } of lines) print(`    ${[label, text].filter(Boolean).join('  ')}`)
}

/** Says how things stand with the server, when that changes. */
const tellConnection = (client: Client): void => {
  let isLost = false
  client.on('connection', ({ status }) => {
    if (status === 'waiting' && !isLost) quiet('Reconnecting. What you write is kept, and sent then.')
    if (status === 'online' && isLost) quiet('Connected again.')
    isLost = status === 'waiting' || (isLost && status === 'connecting')
  })
  client.on('failed', ({ outgoing: { failed, text } }) =>
    quiet(`Not sent: ${text}\n* ${failed?.message} /retry sends it again, /discard gives it up.`),
  )
  client.on('note', (note) => {
    if (!note.isGrowing) showPanel(notePanel(client, note))
  })
  client.on('broadcast', ({ from, text }) => print(`* ${from.name} to everybody: ${text}`))
}

/**
 * Talks in lines: each that comes in is a message or a command, each that goes out a message. For pipes, and for
 * terminals that can do no more.
 */
export const lineChat = async (client: Client, firstRoom: string): Promise<void> => {
  const paint = createPaint(hasColours(process.env, process.stdout.isTTY))
  const feed = createLineFeed({ client, paint, isEchoed: process.stdin.isTTY })
  const watch = watchConnection(client)
  let isQuitting = false
  const talk: Talk = {
    client,
    keys: [],
    get room() {
      return feed.room
    },
    go: feed.go,
    show: showPanel,
    say: quiet,
    compose: (text) => quiet(`Write: ${text}`),
    quit: () => {
      isQuitting = true
    },
  }
  const converse = async (): Promise<void> => {
    await feed.go(firstRoom)
    tellConnection(client)
    const input = inputLines()
    for (let next = await input.next(); !next.done; next = await input.next()) {
      if (next.value.trim() === '') continue
      if (parseTyped(next.value).kind === 'command' && client.state.connection.status === 'online') {
        await until(client, () => isDelivered(client), orderMs)
      }
      await obey(talk, next.value)
      if (isQuitting) break
    }
    await deliver(client, isQuitting ? patienceMs.quit : patienceMs.input)
  }
  try {
    await Promise.race([converse(), watch.lost])
  } finally {
    watch.end()
    client.stop()
  }
}
