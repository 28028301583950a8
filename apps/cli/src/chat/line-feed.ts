import type { Client, ClientState, Message } from '@parley/client'
import { follow } from '../follow.ts'
import { print } from '../output.ts'
import type { Paint } from '../terminal/paint.ts'
import { until } from '../until.ts'
import { messageLine } from '../words/message-line.ts'
import { titleOf } from '../words/names.ts'
import { dayInWords, dayOf, timeOf } from '../words/times.ts'

interface Options {
  readonly client: Client
  readonly paint: Paint
  /** Whether what is typed stands on the screen already. */
  readonly isEchoed: boolean
}

/** Prints what is said, most of all in the room one is in. */
export interface LineFeed {
  readonly room: string
  /** Goes to another room, and prints its newest messages. */
  go(room: string): Promise<void>
}

/** Messages that are printed when one comes to a room. */
const shownAtFirst = 20
/** How long they are waited for. */
const patienceMs = 10_000

/** Whether the names and messages that are to be printed of a room are there. */
const isHeld = ({ rooms, people }: ClientState, id: string): boolean => {
  const room = rooms.get(id)
  if (!room || room.window.complete < room.window.newest) return false
  const isNamed = room.facts.with?.every((user) => people.has(user)) ?? true
  return isNamed && (room.window.start === 0 || room.window.messages.length >= shownAtFirst)
}

export const createLineFeed = ({ client, paint, isEchoed }: Options): LineFeed => {
  let room = ''
  let lastDay: number | undefined
  let leave = (): void => {}
  const typedHere = new Set<string>()
  const title = (id: string): string => {
    const facts = client.state.rooms.get(id)?.facts
    return facts ? titleOf(client.state, facts) : id
  }
  const seqOf = (id: string): number | undefined =>
    client.state.rooms.get(room)?.window.messages.find((message) => message.id === id)?.seq

  const lineOf = (message: Message, mark = ''): string => {
    const { at, seq, replyTo } = message
    const answered = replyTo === undefined ? '' : ` to ${seqOf(replyTo) ?? 'an earlier message'}`
    return messageLine(message, { before: `${mark}${seq} ${timeOf(at)}`, after: answered, paint, known: client.state })
  }
  const tell = (message: Message, change: 'created' | 'changed' = 'created'): void => {
    if (change === 'changed') {
      print(lineOf(message, '* '))
      return
    }
    const day = dayOf(message.at)
    if (day !== lastDay) print(paint('dim', `-- ${dayInWords(message.at, Date.now())} --`))
    lastDay = day
    if (!(isEchoed && typedHere.delete(message.id))) print(lineOf(message))
    client.read(room, message.seq)
  }
  if (isEchoed) {
    client.subscribe(() => {
      for (const list of client.state.outbox.values()) for (const { id } of list) typedHere.add(id)
    })
  }
  const growing = new Set<string>()
  client.on('message', ({ room: where, message, change }) => {
    if (message.streaming && change === 'created') growing.add(message.id)
    if (message.streaming) return
    const isWhole = growing.delete(message.id) && !message.deletedAt
    if (where === room || (change === 'changed' && !isWhole)) return
    const before = `[${title(where)}] ${timeOf(message.at)}`
    print(messageLine(message, { before, paint, known: client.state }))
  })
  return {
    get room() {
      return room
    },
    async go(to) {
      leave()
      room = to
      const close = client.open(room)
      await until(client, () => isHeld(client.state, to), patienceMs)
      lastDay = undefined
      const topic = client.state.rooms.get(to)?.facts.topic
      print(paint('dim', `* You are ${client.state.me?.name}, in ${title(to)}.${topic ? ` ${topic}` : ''}`))
      const { messages = [], complete = 0 } = client.state.rooms.get(to)?.window ?? {}
      const known = messages.filter(({ seq }) => seq <= complete).slice(-shownAtFirst)
      for (const message of known) if (!message.streaming) tell(message)
      const unfollow = follow({ client, room, after: complete, known, tell })
      const unwatch = client.watchMembers(room)
      leave = () => {
        unfollow()
        unwatch()
        close()
      }
    },
  }
}
