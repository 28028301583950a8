import type { RoomBotChange } from '@parley/protocol'
import { inRoom } from '../access.ts'
import { roomNow } from '../membership.ts'
import type { Execute } from '../outcome.ts'
import type { Ports } from '../ports/ports.ts'
import { isRefusal, type Refusal, refuse } from '../refusal.ts'
import { refusals } from '../refusals.ts'
import { unknownModel } from './bots.ts'

/** Why a room's bots cannot be set so; undefined: they can. */
const unfit = async (ports: Ports, change: RoomBotChange | undefined): Promise<Refusal | undefined> => {
  const refusal = unknownModel(ports, change?.model)
  if (refusal) return refusal
  if (!change?.bot) return undefined
  const bot = await ports.store.user(change.bot)
  return bot?.bot?.runs === 'here' ? undefined : refusals.noBot
}

/** Gives a room another name or topic, or says how its bots behave. */
export const setRoom: Execute<'set'> = async (ports, actor, { room: id, name, topic, bot }) => {
  if (name === undefined && topic === undefined && bot === undefined) {
    return refuse('bad_request', 'Say which to set: name, topic or bot.')
  }
  const standing = await inRoom(ports, actor, id, 'manage')
  if (isRefusal(standing)) return standing
  if (standing.room.kind === 'direct' && name !== undefined) return refuse('forbidden', 'A direct room has no name.')
  const refusal = await unfit(ports, bot)
  if (refusal) return refusal
  await ports.store.changeRoom(id, {
    ...(name !== undefined && { name }),
    ...(topic !== undefined && { topic }),
    ...(bot !== undefined && { bot }),
  })
  const room = await roomNow(ports, id)
  if (isRefusal(room)) return room
  return { answer: { type: 'room', room }, events: [{ type: 'room-changed', room }] }
}
