import type { Client } from '@parley/client'
import { describe, expect, test } from 'vitest'
import { messageByNumber, ownLatest, ownRoom, personIn } from './find.ts'
import type { Talk } from './talk.ts'

const people = [
  { id: 'me', name: 'Ana', online: true },
  { id: '1', name: 'Bia', online: true },
  { id: '2', name: 'Bia Maria', online: false },
  { id: '3', name: 'Caio', online: false },
  { id: '4', name: 'Caio', online: true },
  { id: '5', name: 'Duda', online: false },
  { id: '6', name: 'Duda', online: false },
]
const messages = [
  { seq: 1, from: { id: 'me' }, text: 'one' },
  { seq: 3, from: { id: '1' }, text: 'three' },
  { seq: 4, from: { id: 'me' }, text: '', deletedAt: 'then' },
]
const rooms = new Map(
  [
    { id: 'general', facts: { id: 'general', kind: 'public', name: 'General' }, window: { messages } },
    {
      id: 'direct-1',
      facts: { id: 'direct-1', kind: 'direct', name: '', with: ['me', '1'] },
      window: { messages: [] },
    },
  ].map((room) => [room.id, room]),
)
const state = { me: people[0], people: new Map([['1', people[1]]]), online: new Map([['1', true]]), rooms }
const talk = {
  room: 'general',
  client: { state, call: async () => ({ users: people, more: false }) } as unknown as Client,
} as Talk

describe('who is meant', () => {
  test.each([
    ['Bia', '1', ''],
    ['bia hello there', '1', 'hello there'],
    ['@Bia', '1', ''],
    ['Bia Maria hello', '2', 'hello'],
    ['Caio hello', '4', 'hello'],
  ])('by %j is %s, with %j to say', async (text, id, rest) => {
    expect(await personIn(talk, text)).toMatchObject({ user: { id }, rest })
  })

  test.each([
    ['Nobody', 'There is nobody called Nobody.'],
    ['Ana', 'There is nobody called Ana.'],
    ['Bi', 'There is nobody called Bi.'],
    ['Duda', '2 people are called Duda.'],
  ])('by %j cannot be said: %s', async (text, why) => {
    await expect(personIn(talk, text)).rejects.toThrow(why)
  })
})

describe('what is meant', () => {
  test('by a number is a message', () => {
    expect(messageByNumber(talk, '3')).toMatchObject({ text: 'three' })
    expect(messageByNumber(talk, '#1')).toMatchObject({ text: 'one' })
    for (const number of ['2', 'x', '', '-1'])
      expect(() => messageByNumber(talk, number)).toThrow('There is no message')
  })

  test('without one is what I wrote last and did not delete', () => {
    expect(ownLatest(talk)).toMatchObject({ seq: 1 })
    expect(() => ownLatest({ ...talk, room: 'direct-1' })).toThrow('You have not written here lately.')
  })

  test('by a word is a room', () => {
    expect(ownRoom(talk, 'general')).toBe('general')
    expect(ownRoom(talk, '#General')).toBe('general')
    expect(ownRoom(talk, '@bia')).toBe('direct-1')
    expect(ownRoom(talk, 'elsewhere')).toBeUndefined()
  })
})
