import type { Message } from '@parley/client'
import { useParley, useRoom } from '@parley/client/react'
import { useRoomContext } from '../room-context.ts'

/** Whether one may stop a bot's reply, ask for another and choose among them: who asked may, admins, or everybody. */
export const useMaySteer = (message: Message): boolean => {
  const { room, me, mayModerate } = useRoomContext()
  const facts = useRoom(room)
  const asker = useParley(
    ({ rooms }) => rooms.get(room)?.window.messages.findLast(({ id }) => id === message.replyTo)?.from.id,
  )
  if (message.from.kind !== 'bot' || (!message.streaming && message.ended === undefined)) return false
  return mayModerate || asker === me || facts?.kind === 'direct' || facts?.bot?.stops === 'everybody'
}
