import { deepStrictEqual } from 'node:assert'
import type { TestChat } from '@parley/core/testing'
import type { RoomId } from '@parley/protocol'
import { firstPage } from '../needs.ts'
import type { RoomState } from '../state/state.ts'
import type { Device } from './device.ts'
import { type FreshRoom, fetchFresh, freshMessages } from './fresh.ts'

const same = (device: Device, what: string, held: unknown, fresh: unknown): void =>
  deepStrictEqual(held, fresh, `${device.name}: ${what}`)

/** Messages that are held are as they stand, and none of those is missing that should be held. */
const checkMessages = (device: Device, { id, window }: RoomState, fresh: FreshRoom['messages']): void => {
  const held = fresh.filter(({ seq }) => seq > window.start)
  same(device, `messages of ${id}`, window.messages, held)
  const isOpen = device.client.state.opened.has(id)
  if (isOpen && window.start > 0 && held.length < firstPage) throw new Error(`${device.name}: ${id} is not filled`)
}

/** Soon after the last trouble: every message is right in the rooms that a device knows of. */
export const checkSoon = async (chat: TestChat, device: Device): Promise<void> => {
  same(device, 'connection', device.client.state.connection, { status: 'online' })
  for (const room of device.client.state.rooms.values()) {
    const fresh = await freshMessages(chat, device.person, room.id)
    if (fresh) checkMessages(device, room, fresh)
  }
}

const checkRoom = (device: Device, held: RoomState, { room, messages, members }: FreshRoom): void => {
  const { rev, read, unread, member, ...facts } = room as FreshRoom['room'] & { member: true }
  const { id } = room
  const { state } = device.client
  same(device, `facts of ${id}`, held.facts, facts)
  same(
    device,
    `marker in ${id}`,
    { read: held.read, unread: held.unread, wanted: held.wanted },
    { read, unread, wanted: 0 },
  )
  same(device, `revs of ${id}`, [held.window.complete, held.window.newest], [rev, rev])
  checkMessages(device, held, messages)
  same(device, `typing in ${id}`, held.typing, [])
  if (!state.opened.has(id)) return
  const seen = held.members?.map((one) => {
    const { name, kind } = state.people.get(one.id) ?? {}
    return { id: one.id, name, kind, online: state.online.get(one.id), role: one.role }
  })
  same(device, `members of ${id}`, seen, members)
}

/** After a renewal: all is as if it were fetched anew. */
export const checkAll = async (chat: TestChat, device: Device): Promise<void> => {
  const { state } = device.client
  const fresh = await fetchFresh(chat, device.person)
  same(device, 'rooms', [...state.rooms.keys()].sort(), fresh.map(({ room }) => room.id).sort())
  for (const one of fresh) checkRoom(device, state.rooms.get(one.room.id) as RoomState, one)
  same(device, 'doubts', [...state.doubts], [])
}

const old = '00000000-0000-4000-9000-'
/** The ids of messages that nobody said in the story. */
export const oldId = (number: number): string => `${old}${String(number).padStart(12, '0')}`

const refusals: readonly string[] = ['forbidden', 'not_found']

/** Everything that was said is stored once and in order, or was refused and reported so; and nothing else is stored. */
export const checkOutbox = async (chat: TestChat, devices: readonly Device[]): Promise<void> => {
  const said = devices.flatMap((device) => device.said.map((one) => ({ ...one, device: device.name })))
  const ids = new Set<string>(said.map(({ id }) => id))
  const seqs = new Map<string, number>()
  for (const room of new Set(said.map((one) => one.room))) {
    const { messages } = await chat.ports.store.history(room as RoomId, {}, { limit: 1_000, bytes: 1_000_000_000 })
    for (const { message } of messages) {
      if (!ids.has(message.id) && !message.id.startsWith(old) && message.from.kind !== 'bot')
        throw new Error(`nobody said ${message.id}: ${message.text}`)
      seqs.set(message.id, message.seq)
    }
  }
  const latest = new Map<string, number>()
  for (const { id, room, fate, device } of said) {
    const seq = seqs.get(id)
    if (fate === 'stored' || fate === 'open') {
      if (seq === undefined) throw new Error(`${device}: ${id} is ${fate} but not in ${room}`)
      const before = latest.get(`${device} ${room}`) ?? 0
      if (seq < before) throw new Error(`${device}: ${id} came before what was said before it`)
      latest.set(`${device} ${room}`, seq)
    } else if (!refusals.includes(fate)) throw new Error(`${device}: ${id} failed as ${fate}`)
  }
  for (const device of devices) {
    const left = [...device.client.state.outbox.values()].flat().filter(({ failed }) => !failed)
    same(device, 'pending messages', left, [])
    same(device, 'messages told twice as created', device.doubled, [])
    same(device, 'texts that shrank', device.shrunk, [])
  }
}
