import { inRoom } from '../access.ts'
import type { Execute } from '../outcome.ts'
import { isRefusal, refuse } from '../refusal.ts'
import { instant, messageAnswer, messageChanged, publicUser } from '../shapes.ts'

/** Says something in a room. The same id again changes nothing, and is told again: the first answer may have been lost. */
export const sendMessage: Execute<'send'> = async (ports, actor, { room, id, text, replyTo }) => {
  const standing = await inRoom(ports, actor, room, 'write')
  if (isRefusal(standing)) return standing
  if (replyTo && !(await ports.store.message(room, replyTo))) {
    return refuse('not_found', 'The message that this replies to is not in the room.')
  }
  const appended = await ports.store.appendMessage({
    id,
    room,
    from: publicUser(standing.account),
    text,
    at: instant(ports.clock.now()),
    ...(replyTo && { replyTo }),
    ...(actor.kind === 'user' && actor.origin && { origin: actor.origin }),
  })
  if (appended === 'conflict') return refuse('conflict', 'Somebody else has used this message id.')
  return { answer: messageAnswer(appended.stored), events: [messageChanged(appended.stored)] }
}
