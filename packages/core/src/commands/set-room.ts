import { inRoom } from '../access.ts'
import { roomNow } from '../membership.ts'
import type { Execute } from '../outcome.ts'
import { isRefusal, refuse } from '../refusal.ts'

/** Gives a room another name or topic. */
export const setRoom: Execute<'set'> = async (ports, actor, { room: id, name, topic }) => {
  if (name === undefined && topic === undefined) return refuse('bad_request', 'Say which to set: name or topic.')
  const standing = await inRoom(ports, actor, id, 'manage')
  if (isRefusal(standing)) return standing
  if (standing.room.kind === 'direct' && name !== undefined) return refuse('forbidden', 'A direct room has no name.')
  await ports.store.changeRoom(id, { ...(name !== undefined && { name }), ...(topic !== undefined && { topic }) })
  const room = await roomNow(ports, id)
  if (isRefusal(room)) return room
  return { answer: { type: 'room', room }, events: [{ type: 'room-changed', room }] }
}
