import type { Message } from '@parley/protocol'

const uuid = (kind: number, number: number): string =>
  `0000000${kind}-0000-4000-8000-${number.toString(16).padStart(12, '0')}`

type From = Message['from']

export const person = (number: number, name: string): From => ({
  id: uuid(1, number) as From['id'],
  name,
  kind: 'person',
})
export const bot: From = { id: uuid(1, 0xb07) as From['id'], name: 'Assistant', kind: 'bot' }
export const ann = person(1, 'Ann')
export const bob = person(2, 'Bob')

/** A message of a room, whose id and rev follow from its seq. */
export const said = (seq: number, from: From, text: string, more: Partial<Message> = {}): Message => ({
  id: uuid(2, seq) as Message['id'],
  room: 'general' as Message['room'],
  seq,
  rev: seq,
  from,
  text,
  at: new Date(Date.UTC(2026, 0, 1) + seq * 1000).toISOString(),
  ...more,
})
