import { inRoom } from '../access.ts'
import { replyJobs } from '../bots.ts'
import type { Execute } from '../outcome.ts'
import { isRefusal, refuse } from '../refusal.ts'
import { instant, messageAnswer, messageChanged, publicUser } from '../shapes.ts'

/** Says something in a room. The same id again changes nothing, and is told again: the first answer may have been lost. */
export const sendMessage: Execute<'send'> = async (ports, actor, { room, id, text, replyTo, streaming }) => {
  const standing = await inRoom(ports, actor, room, 'write')
  if (isRefusal(standing)) return standing
  if (streaming && standing.account.kind !== 'bot') return refuse('forbidden', 'Only bots say something bit by bit.')
  const repliedTo = replyTo && (await ports.store.message(room, replyTo))
  if (replyTo && !repliedTo) {
    return refuse('not_found', 'The message that this replies to is not in the room.')
  }
  const appended = await ports.store.appendMessage({
    id,
    room,
    from: publicUser(standing.account),
    text,
    at: instant(ports.clock.now()),
    ...(streaming && { streaming: { leaseUntil: instant(ports.clock.now() + ports.settings.streamLeaseMs) } }),
    ...(replyTo && { replyTo }),
    ...(actor.kind === 'user' && actor.origin && { origin: actor.origin }),
  })
  if (appended === 'conflict') return refuse('conflict', 'Somebody else has used this message id.')
  const { stored } = appended
  return {
    answer: messageAnswer(stored),
    events: [messageChanged(stored)],
    jobs: stored.stream ? [] : await replyJobs(ports, standing, stored, repliedTo || undefined),
  }
}
