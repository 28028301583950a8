import type { Client } from '@parley/client'
import { watchConnection } from '../account/watch-connection.ts'
import { createDevice } from '../screen/device.ts'
import { draftOf } from '../screen/draft.ts'
import { keysInWords, meaningOf } from '../screen/keys.ts'
import { createScreen, type Screen } from '../screen/screen.ts'
import { createPaint, hasColours } from '../terminal/paint.ts'
import { titleOf } from '../words/names.ts'
import { notePanel } from './notes.ts'
import { obey } from './obey.ts'
import { screenActs, write } from './screen-acts.ts'
import type { Talk } from './talk.ts'
import { deliver } from './unsent.ts'

/** How long who quits waits for what is still to be sent. */
const patienceMs = 2_000

const notice = (screen: Screen, text: string, isSaid = false): void =>
  screen.change((view) => ({ ...view, notice: { text, isSaid } }))

/** Tells what does not stand in the conversation. */
const tellEvents = (client: Client, screen: Screen): void => {
  client.on('broadcast', ({ from, text }) => notice(screen, `${from.name} to everybody: ${text}`, true))
  client.on('left', ({ room }) => {
    if (room !== screen.view.room) return
    screen.go('general')
    notice(screen, `You are no longer in ${room}.`)
  })
  client.on('failed', ({ outgoing: { room } }) => {
    const facts = client.state.rooms.get(room)?.facts
    if (room !== screen.view.room)
      notice(screen, `A message in ${facts ? titleOf(client.state, facts) : room} was not sent.`)
  })
  const noted = new Set<string>()
  client.on('note', (note) => {
    if (noted.has(note.id)) return
    noted.add(note.id)
    screen.change((view) => ({ ...view, panel: notePanel(client, note), panelFrom: 0 }))
  })
  client.on('error', ({ message }) => notice(screen, message))
}

/** Takes the terminal until what is returned is called, or the process ends in whatever way. */
const hold = (enter: () => void, leave: () => void): (() => void) => {
  const endings = { SIGTERM: 143, SIGHUP: 129, SIGINT: 130 } as const
  for (const [signal, code] of Object.entries(endings)) process.once(signal, () => process.exit(code))
  process.once('exit', leave)
  enter()
  return () => {
    process.off('exit', leave)
    leave()
  }
}

/** Talks on the whole terminal until one quits. @throws ParleyError, Failure */
export const screenChat = async (client: Client, room: string): Promise<void> => {
  const quitting = Promise.withResolvers<void>()
  const paint = createPaint(hasColours(process.env, process.stdout.isTTY))
  const device = createDevice({
    input: process.stdin,
    output: process.stdout,
    key: (text, key, isPasted) => {
      const meaning = meaningOf(text, key, isPasted)
      if (meaning && 'act' in meaning) acts[meaning.act]()
      else if (meaning) write({ client, screen }, meaning.edit)
    },
    resized: () => screen.change((view) => view),
  })
  const screen = createScreen({ client, device, paint, room })
  const talk: Talk = {
    client,
    keys: keysInWords,
    get room() {
      return screen.view.room
    },
    go: screen.go,
    show: (panel) => screen.change((view) => ({ ...view, panel, panelFrom: 0 })),
    say: (text) => notice(screen, text),
    compose: (text) => screen.change((view) => ({ ...view, draft: draftOf(text) })),
    quit: quitting.resolve,
  }
  const acts = screenActs({
    client,
    screen,
    send: (text) => {
      obey(talk, text)
    },
    quit: quitting.resolve,
    suspend: () => {
      device.leave()
      process.once('SIGCONT', () => {
        device.enter()
        screen.change((view) => view)
      })
      process.kill(process.pid, 'SIGTSTP')
    },
    redraw: () => {
      device.forget()
      screen.change((view) => view)
    },
  })
  const watch = watchConnection(client)
  tellEvents(client, screen)
  const release = hold(device.enter, device.leave)
  try {
    await Promise.race([quitting.promise, watch.lost])
    const isOnline = client.state.connection.status === 'online'
    await deliver(client, isOnline ? patienceMs : 0)
  } finally {
    release()
    watch.end()
    screen.close()
    client.stop()
  }
}
