import type { Down } from '@parley/protocol'
import type { RawClient } from '../harness/raw-client.ts'
import { type Client, newId } from '../harness/world.ts'

type Message = Down<'message'>['message']

/** Says something until that is answered, as a client does that hears nothing, or that something went wrong. */
export const insist = async (client: Client, room: string, text: string): Promise<Message> => {
  const frame = { action: 'send', room, id: newId(), text }
  for (;;) {
    const answer = await client.ask('message', frame).catch(() => undefined)
    if (answer) return answer.message
  }
}

/** Messages in the order in which they were said. */
export const inOrder = (messages: readonly Message[]): readonly Message[] =>
  [...messages].sort((one, other) => one.seq - other.seq)

/** All messages of a room after a rev, as `sync` tells them, in the order in which they were said. */
export const synced = async (client: RawClient, room: string, after = 0): Promise<readonly Message[]> => {
  const all: Message[] = []
  for (let since = after, more = true; more; ) {
    const page = await client.ask('synced', { action: 'sync', room, since, limit: 500 })
    all.push(...page.messages)
    since = page.rev
    more = page.more
  }
  return inOrder(all)
}
