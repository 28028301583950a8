import { inRoom } from '../access.ts'
import type { Execute } from '../outcome.ts'
import { isRefusal } from '../refusal.ts'
import { ok } from '../shapes.ts'

export const typing: Execute<'typing'> = async (ports, actor, { room }) => {
  const standing = await inRoom(ports, actor, room, 'write')
  if (isRefusal(standing)) return standing
  return { answer: ok, events: [{ type: 'typed', room, user: standing.user }] }
}
