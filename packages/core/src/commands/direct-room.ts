import { limits, type RoomId, type UserId } from '@parley/protocol'
import { onServer } from '../access.ts'
import { enterRoom, roomNow } from '../membership.ts'
import type { Execute } from '../outcome.ts'
import { isRefusal, refuse } from '../refusal.ts'
import { instant } from '../shapes.ts'

const prefix = 'direct-'

/** Whether an id is one of those that direct rooms get: nobody may make another room under it. */
export const isDirectId = (id: RoomId): boolean => id.startsWith(prefix)

/** The id that the same people always get: a digest of who they are, which tells nobody else. */
const directId = async (people: readonly UserId[]): Promise<RoomId> => {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(people.join(' ')))
  return `${prefix}${Buffer.from(digest).toString('hex').slice(0, 40)}` as RoomId
}

/** Opens the room of some people, oneself included, and makes it where it was not. */
export const directRoom: Execute<'direct'> = async (ports, actor, command) => {
  const account = await onServer(ports, actor, 'take part')
  if (isRefusal(account)) return account
  const people = [...new Set([account.id, ...command.with])].sort()
  if (people.length > limits.directPeople) {
    return refuse('bad_request', `A direct room has at most ${limits.directPeople} people.`)
  }
  const found = await ports.store.users(people)
  if (found.length < people.length) return refuse('not_found', 'One of these people does not exist.')
  if (found.some((user) => user.banned)) return refuse('forbidden', 'One of these people is banned.')
  const bots = found.filter(({ bot }) => bot?.runs === 'here').map((bot) => bot.id)
  const id = await directId(people)
  const at = instant(ports.clock.now())
  const { created } = await ports.store.createRoom(
    {
      id,
      kind: 'direct',
      name: '',
      topic: '',
      createdAt: at,
      createdBy: account.id,
      with: people,
      ...(bots.length > 0 && { bots }),
    },
    people.map((user) => ({ room: id, user, role: 'member', joinedAt: at, read: 0 })),
  )
  for (const user of people) await enterRoom(ports, user, id)
  const room = await roomNow(ports, id)
  if (isRefusal(room)) return room
  return {
    answer: { type: 'room', room },
    events: created ? people.map((user) => ({ type: 'room-joined', room, user }) as const) : [],
  }
}
