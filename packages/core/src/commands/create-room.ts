import { onServer } from '../access.ts'
import { enterRoom } from '../membership.ts'
import type { Execute } from '../outcome.ts'
import { isRefusal, refuse, tooMuch } from '../refusal.ts'
import { instant, roomShape } from '../shapes.ts'
import { isDirectId } from './direct-room.ts'

const taken = refuse('conflict', 'This id is taken. Choose another.')

/** Makes a room whose admin is who made it. */
export const createRoom: Execute<'create'> = async (ports, actor, { room: id, kind, name }) => {
  const account = await onServer(ports, actor, 'create rooms')
  if (isRefusal(account)) return account
  if (isDirectId(id)) return taken
  const wait = ports.limits.take('room', account.id)
  if (wait > 0) return tooMuch(wait)
  const at = instant(ports.clock.now())
  const { room, created } = await ports.store.createRoom(
    { id, kind, name: name ?? id, topic: '', createdAt: at, createdBy: account.id },
    [{ room: id, user: account.id, role: 'admin', joinedAt: at, read: 0 }],
  )
  if (!created) return taken
  await enterRoom(ports, account.id, id)
  const shape = roomShape(room, 0)
  return { answer: { type: 'room', room: shape }, events: [{ type: 'room-joined', room: shape, user: account.id }] }
}
