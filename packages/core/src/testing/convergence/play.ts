import { deepStrictEqual } from 'node:assert'
import type { Down, RoomId, Up } from '@parley/protocol'
import type { Chat } from '../../chat.ts'
import type { Ports } from '../../ports/ports.ts'
import { beforeCalls } from '../between-calls.ts'
import type { ClientState } from '../reducer.ts'
import { messageId, roomId } from '../samples.ts'
import { type TestChat, type TestPerson, testChat } from '../test-chat.ts'
import { type Cast, frameOf, roomOf } from './frames.ts'
import { fetchFresh } from './fresh.ts'
import { type Ledger, ledger } from './ledger.ts'
import { type Passage, type Player, player } from './player.ts'
import type { Regime, Script, Step } from './script.ts'
import { type Voice, voice } from './voice.ts'

/** A fault that is planted into the ports or around the engine, to see whether it is found. */
export interface Fault {
  readonly ports?: (ports: Ports) => Partial<Ports>
  readonly engine?: (chat: Chat) => Chat
}

export interface Stage {
  /** Core is made anew for every call. */
  readonly anew: boolean
  readonly fault?: Fault
}

const passages: Record<Regime, readonly Passage[]> = {
  prompt: ['direct'],
  late: ['direct', 'direct', 'delayed', 'direct', 'doubled', 'delayed'],
  lossy: ['direct', 'direct', 'delayed', 'dropped', 'doubled', 'dropped'],
}

/** A small generator of numbers, the same for the same seed. */
const numbersFrom = (seed: number) => {
  let state = seed
  return (below: number): number => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

interface Play {
  readonly chat: TestChat
  readonly book: Ledger
  readonly players: readonly Player[]
  readonly cast: { -readonly [K in keyof Cast]: Cast[K] }
  readonly voice: Voice
  readonly regime: Regime
  /** From now on everything arrives at once. */
  calm(): void
  /** Runs something while the calls of ports wait for each other in the order that a seed gives. */
  mixed(seed: number, run: () => Promise<unknown>): Promise<void>
}

const prepare = async ({ anew, fault }: Stage, { regime, luck }: Script): Promise<Play> => {
  const book = ledger()
  let calm = false
  let drawn = 0
  let pause: (() => Promise<void>) | undefined
  const passage = (): Passage => {
    if (calm || luck.length === 0) return 'direct'
    drawn += 1
    const options = passages[regime]
    return options[(luck[drawn % luck.length] as number) % options.length] as Passage
  }
  const wrap = (ports: Ports): Ports => {
    const watched = { ...ports, ...book.watch(ports) }
    const faulty = { ...watched, ...fault?.ports?.(watched) }
    const hook = () => pause?.()
    return { ...faulty, store: beforeCalls(faulty.store, hook), connections: beforeCalls(faulty.connections, hook) }
  }
  const chat = testChat({ anew, fateOf: passage, wrap, ...(fault?.engine && { engine: fault.engine }) })
  const people = [await chat.person('Ada'), await chat.person('Bea'), await chat.guest('Cai')]
  const house = voice(chat, (await chat.person('House', { kind: 'bot', bot: { runs: 'here' } })).id)
  const cast: Play['cast'] = {
    people,
    direct: [],
    get replies() {
      return house.replies
    },
  }
  const answered = (by: TestPerson, frame: Up, answer: Down): void => {
    if (answer.type === 'message') book.changeAnswered(answer.message)
    if (answer.type !== 'room') return
    if (frame.action === 'leave') book.removalAnswered(frame.room, by.id)
    if (frame.action === 'remove') book.removalAnswered(frame.room, frame.user)
    if (frame.action === 'direct') cast.direct = [...new Set([...cast.direct, answer.room.id])]
  }
  const devices = [0, 0, 1, 2]
  const players = devices.map((of) => player(people[of] as TestPerson, { chat, passage, answered }))
  return {
    chat,
    book,
    players,
    regime,
    cast,
    voice: house,
    calm: () => {
      calm = true
    },
    mixed: async (seed, run) => {
      const next = numbersFrom(seed)
      pause = async () => {
        for (let turns = next(6); turns > 0; turns -= 1) await undefined
      }
      await run()
      pause = undefined
    },
  }
}

const say = async (by: Player, frame: Up, lost = false): Promise<void> => {
  if (by.online) await by.say(frame, lost)
}

const together = async (play: Play, { all, seed }: Extract<Step, { do: 'together' }>): Promise<void> => {
  const inTurn = async (by: Player, number: number): Promise<void> => {
    const own = all.filter((one) => one.by === number)
    if (own.length > 0) await by.return()
    for (const { what } of own) await say(by, frameOf(play.cast, by, what))
  }
  if (play.regime !== 'prompt') return play.mixed(seed, () => Promise.all(play.players.map(inTurn)))
  for (const [number, by] of play.players.entries()) await inTurn(by, number)
}

const speak = ({ voice, cast }: Play, { what, room, pick }: Extract<Step, { do: 'voice' }>): Promise<void> => {
  if (what === 'begin') return voice.begin(roomOf(cast, room), pick)
  return what === 'say' ? voice.say(pick, pick * 3) : voice[what](pick)
}

const perform = async (play: Play, step: Step): Promise<void> => {
  const { chat, players, cast } = play
  switch (step.do) {
    case 'say': {
      const by = players[step.by] as Player
      return say(by, frameOf(cast, by, step.what), step.lost)
    }
    case 'together':
      return together(play, step)
    case 'heal':
    case 'close':
    case 'die':
    case 'return':
      return players[step.by]?.[step.do]()
    case 'deliver':
      return chat.publisher.release(step.pick % Math.max(1, chat.publisher.waiting.length))
    case 'arrive':
      return players[step.by]?.arrive(step.pick)
    case 'voice':
      return speak(play, step)
    case 'sleep':
      chat.clock.pass(60_000)
      for (const one of players) if (one.online) await one.say({ action: 'ping' })
      chat.clock.pass(60_000)
      return chat.chat.wake()
  }
}

const everybody = async (play: Play, run: (one: Player) => Promise<void>): Promise<void> => {
  for (const one of play.players) await run(one)
}

const messagesOf = ({ rooms }: ClientState, of: readonly RoomId[]) =>
  Object.fromEntries(of.map((room) => [room, { rev: rooms[room]?.rev, messages: rooms[room]?.messages }]))

/** Compares what a client holds with what it is told when it asks for everything. */
const compare = async (play: Play, one: Player, what: 'messages' | 'everything'): Promise<void> => {
  const fresh = await fetchFresh(await play.chat.open(one.person))
  const held = one.mind.state()
  if (what === 'everything') return deepStrictEqual(held, fresh)
  const rooms = Object.keys(held.rooms).filter((room) => room in fresh.rooms) as RoomId[]
  deepStrictEqual(messagesOf(held, rooms), messagesOf(fresh, rooms))
}

/** Lets those who make replies go on with them, and the engine end the replies that nobody makes any more. */
const endAbandoned = async ({ chat, players, voice }: Play): Promise<void> => {
  const { streamLeaseMs, orphanMs } = chat.ports.settings
  for (const one of players) if (one.online) await one.say({ action: 'ping' })
  chat.clock.pass(streamLeaseMs + orphanMs + 1)
  await voice.sayAll()
  await chat.chat.wake()
  await chat.publisher.flush()
}

const checkRevs = async ({ chat, book, cast }: Play): Promise<void> => {
  const rooms = [...['general', 'den', 'yard', 'hall'].map(roomId), ...cast.direct]
  for (const [room, rev] of await chat.ports.store.revs(rooms)) {
    const all = Array.from({ length: rev }, (_, index) => index + 1)
    deepStrictEqual(book.revs(room), all, `the revs of ${room}`)
  }
}

/**
 * Plays a script and rejects where a promise does not hold: every client's state equals what is fetched fresh (told in
 * order without loss: at once; late: its messages at once, the rest after a new `welcome`; with losses: its messages
 * after a `ping`), revs have no gaps and no repeats, and nobody hears a room it is not in.
 */
export const play = async (stage: Stage, script: Script): Promise<void> => {
  const play = await prepare(stage, script)
  const [ada, , bea] = play.players as [Player, Player, Player]
  await everybody(play, (one) => one.return())
  await say(ada, { action: 'create', room: roomId('den'), kind: 'private' })
  await say(ada, { action: 'invite', room: roomId('den'), user: bea.person.id })
  await say(bea, { action: 'create', room: roomId('yard'), kind: 'public' })
  await say(bea, { action: 'send', room: roomId('den'), id: messageId(100), text: 'What is this?' })
  await play.voice.begin(roomId('den'), 0)
  await everybody(play, (one) => one.heal())
  for (const step of script.steps) {
    play.chat.clock.pass(10)
    await perform(play, step)
    await everybody(play, async (one) => {
      one.hear()
      if (script.regime === 'prompt') await one.heal()
    })
  }
  await everybody(play, (one) => one.return())
  play.calm()
  await play.chat.publisher.flush()
  await endAbandoned(play)
  await everybody(play, async (one) => {
    for (let pick = script.luck[0] ?? 0; one.waiting > 0; pick += 7) one.arrive(pick)
    if (script.regime !== 'prompt') await one.say({ action: 'ping', rooms: one.mind.rooms() })
    await one.heal()
  })
  await everybody(play, (one) => compare(play, one, script.regime === 'prompt' ? 'everything' : 'messages'))
  await everybody(play, async (one) => {
    await one.close()
    await one.return()
    await one.heal()
  })
  await everybody(play, (one) => compare(play, one, 'everything'))
  await checkRevs(play)
  deepStrictEqual(play.book.leaks, [])
}
