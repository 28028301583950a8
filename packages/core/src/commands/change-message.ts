import { limits, type MessageId, type RoomId } from '@parley/protocol'
import { inRoom, mayInRoom } from '../access.ts'
import type { Actor } from '../actor.ts'
import type { WireAnswer } from '../answer.ts'
import type { Done, Execute } from '../outcome.ts'
import type { Ports } from '../ports/ports.ts'
import type { MessageChange, Standing, StoredMessage } from '../ports/records.ts'
import { isRefusal, type Refusal, refuse } from '../refusal.ts'
import { refusals } from '../refusals.ts'
import { instant, messageAnswer, messageChanged } from '../shapes.ts'

/** Looks the message up, asks whether this may be done to it, does it. */
const change = async (
  ports: Ports,
  actor: Actor,
  place: { readonly room: RoomId; readonly id: MessageId },
  may: (standing: Standing, stored: StoredMessage) => Refusal | undefined,
  wanted: MessageChange,
): Promise<Done<Extract<WireAnswer, { type: 'message' }>> | Refusal> => {
  const standing = await inRoom(ports, actor, place.room, 'read')
  if (isRefusal(standing)) return standing
  const stored = await ports.store.message(place.room, place.id)
  if (!stored) return refusals.noMessage
  const refusal = may(standing, stored)
  if (refusal) return refusal
  const changed = await ports.store.changeMessage(place.room, place.id, wanted)
  if (changed === 'missing') return refusals.noMessage
  if (changed === 'deleted') return refuse('conflict', 'The message is deleted.')
  if (changed === 'streaming' || changed === 'ended') return refuse('conflict', 'The message is still growing.')
  if (wanted.kind === 'delete' && stored.message.variants) await ports.store.forgetVariants(place.room, place.id)
  if (changed === 'full') {
    return refuse(
      'too_large',
      `A message holds at most ${limits.reactionsPerMessage} reactions of ${limits.emojiPerMessage} kinds.`,
    )
  }
  return { answer: messageAnswer(changed.stored), events: [messageChanged(changed.stored)] }
}

const isAuthor = (standing: Standing, stored: StoredMessage): boolean => stored.message.from.id === standing.account.id

export const editMessage: Execute<'edit'> = (ports, actor, command) =>
  change(
    ports,
    actor,
    command,
    (standing, stored) =>
      isAuthor(standing, stored)
        ? mayInRoom('write', standing)
        : refuse('forbidden', 'Only its author may edit a message.'),
    { kind: 'edit', text: command.text, at: instant(ports.clock.now()) },
  )

export const deleteMessage: Execute<'delete'> = (ports, actor, command) =>
  change(
    ports,
    actor,
    command,
    (standing, stored) =>
      isAuthor(standing, stored) && !mayInRoom('write', standing) ? undefined : mayInRoom('manage', standing),
    { kind: 'delete', at: instant(ports.clock.now()) },
  )

export const reactToMessage: Execute<'react'> = async (ports, actor, command) => {
  if (actor.kind !== 'user') return refusals.signIn
  const { emoji, on } = command
  return change(ports, actor, command, (standing) => mayInRoom('write', standing), {
    kind: 'react',
    user: actor.user,
    emoji,
    on,
  })
}
