import { limits } from '@parley/protocol'
import { inRoom } from '../access.ts'
import type { Answers } from '../answer.ts'
import type { Execute } from '../outcome.ts'
import type { MessagePage, PageSize } from '../ports/records.ts'
import { isRefusal } from '../refusal.ts'

/** What a frame needs besides its messages: the longest `room` and `ref`, and a comma for each message. */
const envelopeBytes = 2_000

const size = (limit: number | undefined): PageSize => ({
  limit: limit ?? limits.pageDefault,
  bytes: limits.downBytes - envelopeBytes,
})

const page = <T extends 'page' | 'synced'>(
  type: T,
  room: Answers['history']['room'],
  { messages, rev, more }: MessagePage,
) => ({ type, room, messages: messages.map(({ message }) => message), rev, more })

/** All that changed after a rev, as it now stands: how a client heals whatever it has missed. */
export const syncRoom: Execute<'sync'> = async (ports, actor, { room, since, limit }) => {
  const standing = await inRoom(ports, actor, room, 'read')
  if (isRefusal(standing)) return standing
  return { answer: page('synced', room, await ports.store.messagesSince(room, since, size(limit))) }
}

export const readHistory: Execute<'history'> = async (ports, actor, { room, before, limit }) => {
  const standing = await inRoom(ports, actor, room, 'read')
  if (isRefusal(standing)) return standing
  const place = before === undefined ? {} : { before }
  return { answer: page('page', room, await ports.store.history(room, place, size(limit))) }
}

/** The same over HTTP, where a page may also begin after a seq. */
export const listMessages: Execute<'list-messages'> = async (ports, actor, { room, before, after, limit }) => {
  const standing = await inRoom(ports, actor, room, 'read')
  if (isRefusal(standing)) return standing
  const place = { ...(before !== undefined && { before }), ...(after !== undefined && { after }) }
  return { answer: page('page', room, await ports.store.history(room, place, size(limit))) }
}
