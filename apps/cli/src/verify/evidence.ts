import type { Message } from '@parley/client'
import type { Down, RoomId } from '@parley/protocol'
import type { Journal, Way } from './history.ts'
import { patiently } from './patience.ts'
import type { Person } from './people.ts'
import type { Player } from './player.ts'
import type { Stage } from './stage.ts'

interface Reading {
  readonly who: string
  readonly reader: string
  readonly way: Way
  readonly room: string
  readonly rev: number
  readonly messages: readonly Message[]
  readonly facts?: object
}

const write = (journal: Journal, { messages, ...reading }: Reading): void => {
  journal.note({ kind: 'read', ...reading })
  const { who, reader, room } = reading
  for (const message of messages) journal.note({ kind: 'held', who, reader, room, message })
}

const overHttp = async ({ call }: Person, room: string): Promise<{ messages: Message[]; rev: number }> => {
  const messages: Message[] = []
  for (;;) {
    const query = { after: messages.at(-1)?.seq ?? 0, limit: 500 }
    const page = await patiently(() => call('GET /api/rooms/{room}/messages', { params: { room }, query }))
    messages.push(...page.messages)
    if (!page.more || page.messages.length === 0) return { messages, rev: page.rev }
  }
}

/** What the room list says of the rooms of the play, by id. */
const factsOverHttp = async ({ call }: Person, rooms: readonly string[]): Promise<ReadonlyMap<string, object>> => {
  const facts = new Map<string, object>()
  for (const room of rooms) {
    const answer = await patiently(() => call('GET /api/rooms/{room}', { params: { room } }))
    const { rev: _rev, member: _member, ...told } = answer.room as typeof answer.room & { member?: boolean }
    facts.set(room, told)
  }
  return facts
}

/** Small pages, so that there are many seams between them. */
const pageSize = (rev: number): number => (rev > 2_000 ? 200 : rev > 300 ? 40 : 7)

type Asked = Promise<Down>

const bySync = async (stage: Stage, id: string, rev: number): Promise<{ messages: Message[]; rev: number }> => {
  const [messages, room, limit] = [[] as Message[], id as RoomId, pageSize(rev)]
  for (let since = 0; ; ) {
    const ask = async (): Asked => (await stage.line()).ask<'sync'>({ action: 'sync', room, since, limit })
    const page = await patiently(ask)
    if (page.type !== 'synced') return { messages, rev: -1 }
    messages.push(...page.messages)
    // An empty page with more to come would be asked for again for ever.
    if (!page.more || page.messages.length === 0) return { messages, rev: page.rev }
    since = page.rev
  }
}

const byHistory = async (stage: Stage, id: string, rev: number): Promise<{ messages: Message[]; rev: number }> => {
  const [room, limit] = [id as RoomId, pageSize(rev)]
  let messages: Message[] = []
  for (let first: number | undefined; ; first = messages[0]?.seq) {
    const before = first === undefined ? {} : { before: first }
    const ask = async (): Asked => (await stage.line()).ask<'history'>({ action: 'history', room, limit, ...before })
    const page = await patiently(ask)
    if (page.type !== 'page') return { messages, rev: -1 }
    messages = [...page.messages, ...messages]
    if (!page.more || page.messages.length === 0) return { messages, rev: page.rev }
  }
}

const fromClient = ({ device, person: { who }, client }: Player, room: string): Reading | undefined => {
  const held = client.state.rooms.get(room)
  if (!held) return undefined
  const { facts, window, read, unread } = held
  const reader = `the client of ${device}`
  const told = { ...facts, read, unread }
  return { who, reader, way: 'client', room, rev: window.complete, messages: window.messages, facts: told }
}

/** Has a client hold all of its rooms. */
const loadAll = async ({ client }: Player, rooms: readonly string[]): Promise<void> => {
  for (const room of rooms) while (client.state.rooms.has(room) && (await patiently(() => client.older(room))));
}

/** Reads the rooms in every way there is, as everybody in them: only what every client should hold now. */
export const gather = async (stage: Stage, journal: Journal): Promise<void> => {
  const { witness, rooms, members, players } = stage
  const roomsOf = (person: Person): string[] => rooms.filter((room) => members.get(room)?.includes(person))
  for (const player of players) await loadAll(player, roomsOf(player.person))
  for (const person of new Set([witness, ...players.map((player) => player.person)])) {
    const facts = await factsOverHttp(person, roomsOf(person))
    for (const room of roomsOf(person)) {
      const told = { facts: facts.get(room) ?? {} }
      const { who } = person
      write(journal, {
        who,
        reader: `${who} over HTTP`,
        way: 'http',
        room,
        ...(await overHttp(person, room)),
        ...told,
      })
    }
  }
  for (const room of rooms) {
    const { who } = witness
    const { rev } = await overHttp(witness, room)
    write(journal, { who, reader: `${who} by sync`, way: 'sync', room, ...(await bySync(stage, room, rev)) })
    write(journal, { who, reader: `${who} by history`, way: 'history', room, ...(await byHistory(stage, room, rev)) })
  }
  for (const player of players) {
    for (const room of roomsOf(player.person)) {
      const reading = fromClient(player, room)
      if (reading) write(journal, reading)
    }
  }
}
