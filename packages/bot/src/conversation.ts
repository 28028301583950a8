import { isRefusal } from '@parley/core'
import type { Message, RoomId, UserId } from '@parley/protocol'
import { ask } from './ask.ts'
import type { BotOptions } from './bot.ts'
import { estimateTokens } from './tokens.ts'

/** So many pages of a room's history are looked at for one reply, at most. */
const pagesMax = 4
const pageLimit = 200

/**
 * What was said in a room before a seq, by seq, as somebody may read it: about as much as the tokens hold, and some more,
 * so that a summary can be made of what does not fit.
 */
export const messagesBefore = async (
  options: BotOptions,
  { room, asker, before, tokens }: { room: RoomId; asker: UserId; before: number; tokens: number },
): Promise<readonly Message[]> => {
  const found: Message[] = []
  let left = tokens * 2
  let next = before
  for (let page = 0; page < pagesMax && left > 0; page += 1) {
    const answer = await ask(options, asker, { action: 'history', room, before: next, limit: pageLimit })
    if (isRefusal(answer)) break
    found.unshift(...answer.messages)
    left -= answer.messages.reduce((sum, { text }) => sum + estimateTokens(text), 0)
    next = answer.messages[0]?.seq ?? 0
    if (!answer.more) break
  }
  return found
}

/** What was said in a room after a seq, by seq, as somebody may read it: the latest where it is very much. */
export const messagesAfter = async (
  options: BotOptions,
  { room, asker, after, tokens }: { room: RoomId; asker: UserId; after: number; tokens: number },
): Promise<readonly Message[]> => {
  const latest = await messagesBefore(options, { room, asker, before: Number.MAX_SAFE_INTEGER, tokens })
  return latest.filter(({ seq }) => seq > after)
}
