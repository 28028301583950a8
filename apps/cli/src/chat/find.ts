import type { Client, Message, SeenUser, User } from '@parley/client'
import { Failure } from '../failure.ts'
import { harmless } from '../terminal/harmless.ts'
import { titleOf } from '../words/names.ts'
import { roomOf, type Talk } from './talk.ts'

const same = (one: string, other: string): boolean =>
  one.normalize('NFKC').toLowerCase() === other.normalize('NFKC').toLowerCase()

/** A message of the room by its number. @throws Failure */
export const messageByNumber = (talk: Talk, number: string): Message => {
  const seq = /^#?\d{1,15}$/.test(number) ? Number(number.replace('#', '')) : Number.NaN
  const found = roomOf(talk)?.window.messages.find((message) => message.seq === seq)
  if (!found) throw new Failure(`There is no message ${number} here.`)
  return found
}

/** The own message that was written last in the room. @throws Failure */
export const ownLatest = (talk: Talk): Message => {
  const me = talk.client.state.me?.id
  const found = roomOf(talk)?.window.messages.findLast(({ from, deletedAt }) => from.id === me && !deletedAt)
  if (!found) throw new Failure('You have not written here lately.')
  return found
}

/** One of one's own rooms by its id or title. */
export const ownRoom = ({ client: { state } }: Pick<Talk, 'client'>, name: string): string | undefined => {
  const wanted = name.replace(/^[#@]/, '')
  if (state.rooms.has(wanted)) return wanted
  return [...state.rooms.values()].find(({ facts }) => same(titleOf(state, facts), wanted))?.id
}

/** People whose name a text may begin with: those one sees, and those the server knows. */
const candidates = async ({ state, call }: Client, text: string): Promise<readonly SeenUser[]> => {
  const known = [...state.people.values()].map((user) => ({ ...user, online: state.online.get(user.id) ?? false }))
  const { users } = await call('GET /api/users', { query: { q: text.split(/\s/)[0] ?? '' } })
  const ids = new Set(users.map(({ id }) => id))
  return [...users, ...known.filter(({ id }) => !ids.has(id))].filter(({ id }) => id !== state.me?.id)
}

/**
 * Who is meant at the beginning of a text, and what follows the name. Names may have blanks: the longest that fits is
 * meant. Of several people of one name, who is connected is meant.
 * @throws Failure, ParleyError
 */
export const personIn = async (
  { client }: Pick<Talk, 'client'>,
  text: string,
): Promise<{ readonly user: User; readonly rest: string }> => {
  const wanted = text.normalize('NFC').replace(/^@/, '').trim()
  const begins = ({ name }: User): boolean => same(`${wanted} `.slice(0, name.length + 1), `${name} `)
  const found = (await candidates(client, wanted))
    .filter(begins)
    .sort((one, other) => other.name.length - one.name.length)
  const longest = found.filter(({ name }) => name.length === found[0]?.name.length)
  const online = longest.filter((user) => user.online)
  const meant = online.length > 0 ? online : longest
  const [user] = meant
  if (!user) throw new Failure(`There is nobody called ${wanted.split(/\s/)[0]}.`)
  if (meant.length > 1) throw new Failure(`${meant.length} people are called ${harmless(user.name)}.`)
  return { user, rest: wanted.slice(user.name.length).trim() }
}
