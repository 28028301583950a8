import { randomUUID } from 'node:crypto'
import type { Down, MessageId, RoomId, UserId } from '@parley/protocol'
import type { BadNetwork } from './bad-network.ts'
import { type BotPlayer, createBotPlayer } from './bot-player.ts'
import type { Journal } from './history.ts'
import { patiently, pause } from './patience.ts'
import type { Casting, Made, Person } from './people.ts'
import { createPlayer, type Player, recordAct } from './player.ts'
import type { RawSocket } from './raw-socket.ts'

/** Who plays, and where. */
export interface Stage {
  readonly casting: Casting
  readonly witness: Person
  /** A plain socket of the witness, the newest one: it comes back when it is lost. */
  line(): Promise<RawSocket>
  /** The first holds everybody; in the second not all are. */
  readonly rooms: readonly string[]
  readonly members: ReadonlyMap<string, readonly Person[]>
  readonly players: readonly Player[]
  readonly bot: BotPlayer | undefined
  /** Those to whom something happens in the middle, with a plain socket each; who is not there cannot be had here. */
  readonly extras: Readonly<Record<'stranger' | 'removed' | 'banned' | 'signed out', Extra | undefined>>
  close(): void
}

export interface Extra {
  readonly person: Person
  /** Its plain socket, the newest one. */
  line(): Promise<RawSocket>
  close(): void
}

export interface StageOptions {
  readonly server: string
  readonly casting: Casting
  readonly journal: Journal
  readonly network: BadNetwork
  readonly seed: number
  readonly clients: number
  readonly said: () => void
}

/** Direct rooms have ten people at most, and two of them are not writers. */
const mostGuests = 8

/** Keeps a plain socket of somebody open. */
const keptLine = (person: Person) => {
  let isOver = false
  let current: RawSocket | undefined
  const open = async (): Promise<RawSocket> => {
    const socket = await patiently(person.socket)
    current = socket
    void socket.closed.then(async () => {
      if (isOver) return
      await pause(100)
      line = open()
      line.catch(() => {})
    })
    return socket
  }
  let line = open()
  return {
    line: () => line,
    close: () => {
      isOver = true
      current?.close()
    },
  }
}

const roomOf = (frame: Down): string => (frame.type === 'room' ? frame.room.id : '')

const makeRooms = async (
  { casting, journal }: StageOptions,
  witness: Person,
  line: RawSocket,
  casts: readonly (readonly Person[])[],
): Promise<{ rooms: string[]; members: Map<string, readonly Person[]> }> => {
  const rooms: string[] = []
  const members = new Map<string, readonly Person[]>()
  for (const [index, people] of casts.entries()) {
    const ids = people.map(({ user }) => user.id as UserId)
    let room = `${casting.mark}-${index + 1}`
    if (casting.kind === 'guests') {
      room = roomOf(await patiently(() => line.ask<'direct'>({ action: 'direct', with: ids })))
      journal.rooms.add(room)
    } else {
      journal.rooms.add(room)
      await patiently(() => line.ask<'create'>({ action: 'create', room: room as RoomId, kind: 'private' }))
      for (const user of ids) {
        await patiently(() => line.ask<'invite'>({ action: 'invite', room: room as RoomId, user }))
      }
    }
    for (const { who } of [witness, ...people]) journal.note({ kind: 'entered', who, room })
    rooms.push(room)
    members.set(room, [witness, ...people])
  }
  return { rooms, members }
}

export const setStage = async (options: StageOptions): Promise<Stage> => {
  const { casting, clients } = options
  const extra = async (part: 'stranger' | 'removed' | 'banned' | 'signed out'): Promise<Extra> => {
    const person = await casting.person(part, part)
    const kept = keptLine(person)
    await kept.line()
    return { person, ...kept }
  }
  const isFree = casting.kind !== 'guests'
  const witness = await casting.witness()
  const { line, close } = keptLine(witness)
  const count = Math.min(Math.max(2, Math.ceil(clients / 2)), isFree ? clients : mostGuests)
  const writers: Made[] = []
  for (let number = 1; number <= count; number += 1) writers.push(await casting.person(`writer${number}`, 'writer'))
  const speaker = await casting.bot('bot')
  const extras = {
    stranger: await extra('stranger'),
    removed: isFree ? await extra('removed') : undefined,
    banned: casting.kind === 'accounts' ? await extra('banned') : undefined,
    'signed out': await extra('signed out'),
  }
  const all = [...writers, ...(speaker ? [speaker] : []), ...(extras.removed ? [extras.removed.person] : [])]
  const some = writers.slice(0, Math.max(1, writers.length - 1))
  const { rooms, members } = await makeRooms(options, witness, await line(), [all, some])

  const roomsOf = (person: Person): string[] => rooms.filter((room) => members.get(room)?.includes(person))
  const players = Array.from({ length: clients }, (_, number) => {
    const person = writers[number % count] as Made
    const index = Math.floor(number / count)
    const device = `${person.who}${String.fromCharCode(97 + (index % 26))}${index < 26 ? '' : index}`
    return createPlayer({ ...options, person, device, index, rooms: roomsOf(person) })
  })
  const bot = speaker && createBotPlayer({ ...options, person: speaker, device: 'bot-a', index: 0, rooms })
  await Promise.all(players.map(({ client }) => client.start()))
  return {
    casting,
    witness,
    line,
    rooms,
    members,
    players,
    bot,
    extras,
    close: () => {
      close()
      for (const { client } of players) client.stop()
      bot?.stop()
      for (const one of Object.values(extras)) one?.close()
    },
  }
}

/** The witness says something, and says it again at the same time and later, as one does whose answer was lost. */
export const repeatSends = async ({ line, witness, rooms }: Stage, journal: Journal, number: number): Promise<void> => {
  const [room = ''] = rooms
  const id = randomUUID()
  const text = `witness says ${number}`
  const frame = { action: 'send', room: room as RoomId, id: id as MessageId, text } as const
  const say = async () => {
    const answer = await (await line()).ask<'send'>(frame)
    if (answer.type !== 'message') throw new Error(`send was answered by ${answer.type}`)
    return answer.message
  }
  const both = patiently(async () => {
    const [first] = await Promise.all([say(), say()])
    await say()
    return first
  })
  await recordAct(journal, { who: witness.who, verb: 'send', room, id, text, device: 'witness' }, both)
}
