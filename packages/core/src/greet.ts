import type { Connection } from './actor.ts'
import type { WireAnswer } from './answer.ts'
import { type Ending, endings } from './ending.ts'
import type { Event } from './events.ts'
import { exitRoom, roomsOf } from './membership.ts'
import type { Ports } from './ports/ports.ts'
import { isLive } from './sessions.ts'
import { welcome } from './welcome.ts'

/**
 * Answers `hello`: from now on the connection hears its rooms. It hears them first and is told of them second, so that
 * nothing falls between; a membership that ended meanwhile is looked for once more, since its removal could not know of
 * a connection that did not hear the room yet.
 */
export const greet = async (
  ports: Ports,
  connection: Connection,
): Promise<{ readonly answer: WireAnswer; readonly events: readonly Event[] } | Ending> => {
  const { id, user, session } = connection
  if ((await ports.store.user(user))?.banned) return endings.banned
  if (!(await isLive(ports, session, user))) return endings.signedOut
  const before = await roomsOf(ports, user)
  const { first } = await ports.connections.enter(id, before)
  const [account, memberships] = await Promise.all([ports.store.user(user), ports.store.memberships(user)])
  if (!account) return endings.signedOut
  const rooms = memberships.map(({ room }) => room)
  const now = new Set(rooms)
  for (const room of before) if (!now.has(room)) await exitRoom(ports, user, room)
  const answer = await welcome(ports, connection, account, memberships)
  // Who has gone meanwhile has been told of already: this would come after it.
  const isHere = first && (await ports.connections.online([user])).has(user)
  return {
    answer,
    events: isHere ? [{ type: 'presence-changed', user, online: true, rooms }] : [],
  }
}
