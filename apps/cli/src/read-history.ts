import type { Client, Message } from '@parley/client'
import { limits } from '@parley/protocol/limits'

/**
 * The newest messages of a room, ascending, and the rev up to which there are none after them.
 * @throws ParleyError
 */
export const readHistory = async (
  client: Client,
  room: string,
  count: number,
): Promise<{ readonly messages: readonly Message[]; readonly rev: number }> => {
  let messages: readonly Message[] = []
  let rev: number | undefined
  for (;;) {
    const before = messages[0]?.seq
    const limit = Math.max(1, Math.min(limits.pageMax, count - messages.length))
    const page = await client.call('GET /api/rooms/{room}/messages', {
      params: { room },
      query: { limit, ...(before !== undefined && { before }) },
    })
    rev ??= page.rev
    messages = [...page.messages, ...messages]
    if (!page.more || messages.length >= count) return { messages: count > 0 ? messages.slice(-count) : [], rev }
  }
}
