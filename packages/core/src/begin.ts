import type { Connection } from './actor.ts'
import { channelOf } from './channel.ts'
import { type Ending, endings } from './ending.ts'
import { publish } from './execute.ts'
import { companyOf } from './hands.ts'
import { roomsOf } from './membership.ts'
import type { Ports } from './ports/ports.ts'
import { isLive } from './sessions.ts'

/**
 * Greets a connection whose clients say no hello, once it can be sent to. Again does no harm.
 * @returns how the connection is to be ended, if it is
 */
export const begin = async (ports: Ports, connection: Connection): Promise<Ending | undefined> => {
  const { id, user, session, dialect } = connection
  const stay = ports.dialects[dialect]?.stay
  if (!stay || (await ports.connections.state(id)) !== 'open') return undefined
  const bag = await ports.connections.bag(id)
  const { first } = await ports.connections.enter(id, [...stay.rooms(bag), channelOf(dialect)])
  if (!(await isLive(ports, session, user))) return endings.signedOut
  if (first) {
    const rooms = await roomsOf(ports, user)
    await publish(ports, [{ type: 'presence-changed', user, online: true, rooms }])
  }
  await stay.opened?.(companyOf(ports, { id, user, dialect, ...(bag !== undefined && { bag }) }))
  return undefined
}
