import { inRoom } from '../access.ts'
import type { Actor } from '../actor.ts'
import type { Answers } from '../answer.ts'
import { replyJobs } from '../bots.ts'
import type { CommandOf, Relay } from '../command.ts'
import type { Done, Execute } from '../outcome.ts'
import type { Ports } from '../ports/ports.ts'
import { isRefusal, type Refusal, refuse } from '../refusal.ts'
import { refusals } from '../refusals.ts'
import { instant, messageAnswer, messageChanged, messageSaid, publicUser } from '../shapes.ts'

type Saying = Omit<CommandOf<'send'>, 'action'> & Pick<Relay, 'bag' | 'asks'>

const say = async (
  ports: Ports,
  actor: Actor,
  { room, id, text, replyTo, streaming, bag, asks }: Saying,
): Promise<Done<Answers['send']> | Refusal> => {
  const standing = await inRoom(ports, actor, room, 'write')
  if (isRefusal(standing)) return standing
  if (streaming && standing.account.kind !== 'bot') return refusals.notBitByBit
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
    ...(bag !== undefined && { bag }),
  })
  if (appended === 'conflict') return refuse('conflict', 'Somebody else has used this message id.')
  const { stored, repeated } = appended
  return {
    answer: messageAnswer(stored),
    events: [(repeated || stored.stream ? messageChanged : messageSaid)(stored)],
    jobs: stored.stream ? [] : await replyJobs(ports, standing, stored, repliedTo || undefined, asks),
  }
}

/** Says something in a room. The same id again changes nothing, and is told again: the first answer may have been lost. */
export const sendMessage: Execute<'send'> = (ports, actor, command) => say(ports, actor, command)

/** The same for a client of another chat system: with what its dialect keeps, and a bot that it asks in so many words. */
export const relayMessage: Execute<'relay'> = (ports, actor, command) => say(ports, actor, command)
