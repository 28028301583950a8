import type { Message } from '@parley/client'
import { Failure } from '../failure.ts'
import { roomOf, type Talk } from './talk.ts'

/** The newest message of a bot in the room that is as wanted. @throws Failure */
const newestReply = (talk: Talk, isWanted: (message: Message) => unknown, otherwise: string): Message => {
  const found = roomOf(talk)?.window.messages.findLast(
    (message) => message.from.kind === 'bot' && !message.deletedAt && isWanted(message),
  )
  if (!found) throw new Failure(otherwise)
  return found
}

/** Ends the newest reply that is being made. */
export const stopReply = (talk: Talk): Promise<void> => {
  const { id } = newestReply(talk, ({ streaming }) => streaming, 'Nobody is making a reply here.')
  return talk.client.stopReply(talk.room, id)
}

/** Has the newest reply made once more. */
export const retryReply = (talk: Talk): Promise<void> => {
  const { id } = newestReply(talk, ({ replyTo }) => replyTo, 'There is nothing here to try again.')
  return talk.client.retryReply(talk.room, id)
}

/** Shows another variant of the newest reply that has several, by its number from 1. */
export const showVariant = (talk: Talk, number: string): Promise<void> => {
  if (!/^[1-9]\d?$/.test(number)) throw new Failure('Write it like /variant NUMBER.')
  const { id, variants } = newestReply(talk, (message) => message.variants, 'There is no reply here with variants.')
  if (Number(number) > (variants?.count ?? 0)) throw new Failure(`There are ${variants?.count} variants of it.`)
  return talk.client.showVariant(talk.room, id, Number(number) - 1)
}
