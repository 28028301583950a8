import type { MessageId, RoomId } from '@parley/protocol'
import { inRoom, mayAsk, maySteer } from '../access.ts'
import type { Actor } from '../actor.ts'
import type { Event } from '../events.ts'
import type { Execute } from '../outcome.ts'
import type { Ports } from '../ports/ports.ts'
import type { Standing, StoredMessage, Variant } from '../ports/records.ts'
import { isRefusal, type Refusal, refuse } from '../refusal.ts'
import { refusals } from '../refusals.ts'
import { instant, messageChanged, messageSaid, ok } from '../shapes.ts'

interface Place {
  readonly room: RoomId
  readonly id: MessageId
}

interface Steered {
  readonly standing: Standing
  readonly stored: StoredMessage
  /** The message that the reply answers, if it answers one. */
  readonly prompt: StoredMessage | undefined
}

/** A bot's message, if the actor may decide about it: its asker, the room's admins, or everybody where that is set. */
const steered = async (ports: Ports, actor: Actor, { room, id }: Place): Promise<Steered | Refusal> => {
  const standing = await inRoom(ports, actor, room, 'read')
  if (isRefusal(standing)) return standing
  const stored = await ports.store.message(room, id)
  if (!stored) return refusals.noMessage
  if (stored.message.from.kind !== 'bot') return refuse('forbidden', 'This is no message of a bot.')
  const prompt = stored.message.replyTo && (await ports.store.message(room, stored.message.replyTo))
  const refusal = maySteer(standing, prompt ? prompt.message.from.id : undefined)
  return refusal ?? { standing, stored, prompt: prompt || undefined }
}

/** All who hear the room are told, who has asked for it too. */
const told = (event: Event) => ({ answer: ok, events: [event], tellsAsker: true }) as const

/** Ends a reply with what was said so far. One that has ended stays as it is. */
export const stopReply: Execute<'stop'> = async (ports, actor, command) => {
  const found = await steered(ports, actor, command)
  if (isRefusal(found)) return found
  if (!found.stored.stream) return { answer: ok }
  const { room, id } = command
  const endedBy = found.standing.account.id
  const changed = await ports.store.changeMessage(room, id, { kind: 'end', ended: 'stopped', endedBy })
  return typeof changed === 'string' ? { answer: ok } : told(messageSaid(changed.stored))
}

const shownVariant = ({ message }: StoredMessage): Variant => ({
  index: message.variants?.index ?? 0,
  text: message.text,
  ...(message.ended !== undefined && { ended: message.ended }),
  ...(message.endedBy !== undefined && { endedBy: message.endedBy }),
})

const streaming = refuse('conflict', 'The reply is still being made. Stop it first.')

/** Lets the bot answer the same prompt again, in the same place; what it said before is kept as a variant. */
export const retryReply: Execute<'retry'> = async (ports, actor, command) => {
  const found = await steered(ports, actor, command)
  if (isRefusal(found)) return found
  const { standing, stored, prompt } = found
  const refusal = mayAsk(standing)
  if (refusal) return refusal
  const { room, id } = command
  const bot = await ports.store.user(stored.message.from.id)
  if (bot?.bot?.runs !== 'here' || !prompt || prompt.message.deletedAt !== undefined) {
    return refuse('conflict', 'Nobody is here to answer that again.')
  }
  if (stored.stream) return streaming
  await ports.store.keepVariant(room, id, shownVariant(stored))
  const leaseUntil = instant(ports.clock.now())
  const changed = await ports.store.changeMessage(room, id, { kind: 'retry', leaseUntil })
  if (changed === 'missing' || changed === 'deleted') return refusals.noMessage
  if (changed === 'full') return refuse('conflict', 'That was tried as often as may be.')
  if (typeof changed === 'string') return streaming
  const { rev } = changed.stored.message
  return {
    ...told(messageChanged(changed.stored)),
    jobs: [
      {
        kind: 'reply',
        id: `${id} ${rev}`,
        room,
        prompt: prompt.message.id,
        bot: bot.id,
        asker: standing.account.id,
        run: rev,
      },
    ],
  }
}

/** Shows another of the replies to the same prompt, to everybody. */
export const showVariant: Execute<'variant'> = async (ports, actor, command) => {
  const found = await steered(ports, actor, command)
  if (isRefusal(found)) return found
  const { room, id, index } = command
  const { stored } = found
  if (stored.stream) return streaming
  const { variants } = stored.message
  const none = refuse('not_found', 'There is no such variant of this reply.')
  if (!variants || index >= variants.count) return none
  if (index === variants.index) return { answer: ok }
  const variant = await ports.store.variant(room, id, index)
  if (!variant) return none
  await ports.store.keepVariant(room, id, shownVariant(stored))
  const changed = await ports.store.changeMessage(room, id, { kind: 'show', variant })
  if (changed === 'streaming') return streaming
  return typeof changed === 'string' ? none : told(messageChanged(changed.stored))
}
