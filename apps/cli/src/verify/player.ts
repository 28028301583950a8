import { type Client, createClient, isParleyError, type Message } from '@parley/client'
import type { BadNetwork } from './bad-network.ts'
import type { Journal, Verb } from './history.ts'
import { eventually, pause } from './patience.ts'
import type { Made } from './people.ts'
import { between, oneOf, type Random, randomFrom } from './random.ts'

/** One client of the library that says and changes things, on the bad network. */
export interface Player {
  readonly device: string
  readonly person: Made
  readonly client: Client
  /** Acts, one thing after the other, until it shall not go on. */
  play(goesOn: () => boolean): Promise<void>
  /** Whether nothing is under way any more. */
  isDone(): boolean
}

export interface PlayerOptions {
  readonly server: string
  readonly person: Made
  readonly device: string
  /** Which of the person's clients, from 0. */
  readonly index: number
  /** Those that it is in; most is said in the first. */
  readonly rooms: readonly string[]
  readonly journal: Journal
  readonly network: BadNetwork
  readonly seed: number
  /** Counts a message that is to be said. */
  readonly said: () => void
}

interface Own {
  readonly room: string
  readonly id: string
}

const emojis = ['👍', '🎉', '❤️', '😄', '🚀', '👀', '🙏', '🔥', '✅', '🌱', '☕', '🎈', '📌', '🍀', '⭐', '🐟'] as const
const endings = [
  '',
  ' 한글 🙂',
  ' **bold** `code`',
  '\n\ttwo lines',
  ' "quoted" \\ <b>&amp;</b>',
  ` ${'long '.repeat(300)}.`,
]
const slowestMs = 1_000
/** A client sends the messages of one room one after the other: more than a few at a time only wait. */
const mostWaiting = 3

/** A client of the library for somebody, through the bad network. It forgets nothing, however long it was away. */
export const clientOnBadNetwork = ({ server, person, device, network, seed }: PlayerOptions): Client => {
  const random = randomFrom(seed, `${device} waits`)
  return createClient({
    server: { api: `${server}/api`, socket: network.address(person.who, device) },
    session: person.session,
    maxGap: Number.MAX_SAFE_INTEGER,
    // Short waits between attempts: there are many.
    edges: { random: () => 0.02 + 0.1 * random() },
  })
}

/** Writes down what is asked for, and what comes of it. */
export const recordAct = (
  journal: Journal,
  what: Parameters<Journal['act']>[0],
  answer: Promise<Message>,
): Promise<Message | undefined> => {
  const { who } = what
  const act = journal.act(what)
  return answer.then(
    (message) => {
      journal.note({ kind: 'answered', who, act, message })
      return message
    },
    (error: unknown) => {
      journal.note({ kind: 'refused', who, act, code: isParleyError(error) ? error.code : String(error) })
      return undefined
    },
  )
}

export const createPlayer = (options: PlayerOptions): Player => {
  const { person, device, index, rooms, journal, seed, said } = options
  const { who } = person
  const random: Random = randomFrom(seed, device)
  const client = clientOnBadNetwork(options)
  const own: Own[] = []
  /** Of its own, so that no two clients of one person undo each other's. */
  const emoji = emojis[index % emojis.length] as string
  let count = 0
  let pauseMs = 10
  let underWay = 0

  client.on('message', ({ room, message, change }) => {
    if (change === 'created') journal.note({ kind: 'created', who, device, room, id: message.id })
  })
  for (const room of rooms) client.open(room)
  client.on('error', ({ code }) => {
    if (code === 'rate_limited') pauseMs = Math.min(slowestMs, pauseMs * 2)
  })

  const act = async (verb: Verb, place: Own, more: object, answer: Promise<Message>): Promise<Message | undefined> => {
    underWay += 1
    try {
      answer.catch((error: unknown) => {
        if (isParleyError(error) && error.code === 'rate_limited') pauseMs = Math.min(slowestMs, pauseMs * 2)
      })
      return await recordAct(journal, { who, verb, device, ...place, ...more }, answer)
    } finally {
      underWay -= 1
    }
  }
  const say = async (room: string): Promise<void> => {
    count += 1
    said()
    const text = `${device} says ${count}${oneOf(random, endings)}`
    const replies = random() < 0.15 ? oneOf(random, own) : undefined
    const { id, stored } = client.send(room, text, replies?.room === room ? replies.id : undefined)
    const message = await act('send', { room, id }, { text }, stored)
    if (message) own.push({ room, id })
  }
  const change = (luck: number): Promise<unknown> | undefined => {
    const mine = own.at(-between(random, 1, 6))
    if (luck < 0.45 && mine) {
      const text = `${device} edits ${count} ${Math.floor(random() * 1e6)}${oneOf(random, endings)}`
      return act('edit', mine, { text }, client.edit(mine.room, mine.id, text))
    }
    if (luck < 0.52 && mine) {
      own.splice(own.indexOf(mine), 1)
      return act('delete', mine, {}, client.delete(mine.room, mine.id))
    }
    const room = oneOf(random, rooms) as string
    const seen = client.state.rooms.get(room)?.window.messages ?? []
    if (luck < 0.85) {
      const message = seen.at(-between(random, 1, 8))
      if (!message || message.deletedAt || message.from.kind === 'bot') return undefined
      const on = random() < 0.7
      const place = { room, id: message.id }
      return act('react', place, { emoji, on }, client.react(room, message.id, emoji, on))
    }
    if (luck < 0.95) client.read(room)
    else client.typing(room)
    return undefined
  }
  return {
    device,
    person,
    client,
    isDone: () => underWay === 0 && [...client.state.outbox.values()].flat().every(({ failed }) => failed),
    play: async (goesOn) => {
      while (goesOn()) {
        await pause(between(random, 0, pauseMs * 2))
        const luck = random()
        if (luck < 0.55) {
          const room = random() < 0.75 ? (rooms[0] as string) : (oneOf(random, rooms) as string)
          void say(room)
          await eventually(() => underWay < mostWaiting || !goesOn(), 60_000)
        } else await change(random())
      }
    },
  }
}
