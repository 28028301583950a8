import type { Message, RoomId } from '@parley/protocol'
import type { Client } from '../client.ts'
import type { Deed } from './script.ts'
import type { TestServer } from './server.ts'

type Steering = Extract<Deed, { deed: 'variant' } | { deed: 'stop' | 'retry' }>

/** The latest reply with which that could be done. */
const replyFor = async (
  { chat: { ports } }: TestServer,
  rooms: readonly string[],
  deed: Steering['deed'],
): Promise<Message | undefined> => {
  const pages = await Promise.all(
    rooms.map((room) => ports.store.history(room as RoomId, {}, { limit: 20, bytes: 100_000 })),
  )
  return pages
    .flatMap(({ messages }) => messages.map(({ message }) => message))
    .filter(({ from, streaming = false, deletedAt, variants }) => {
      const isFitting = streaming === (deed === 'stop') && (deed !== 'variant' || variants !== undefined)
      return from.name === 'House' && !deletedAt && isFitting
    })
    .sort((one, other) => (one.at < other.at ? 1 : -1))[0]
}

/** Somebody decides about what the bot of the server says, or has said, in some of the rooms. */
export const steer = async (
  client: Client,
  what: Steering,
  { server, rooms }: { readonly server: TestServer; readonly rooms: readonly string[] },
): Promise<void> => {
  const reply = await server.clock.track(replyFor(server, rooms, what.deed))
  if (!reply) return
  const { room, id, variants } = reply
  if (what.deed === 'variant') await client.showVariant(room, id, what.index % (variants?.count ?? 1))
  else if (what.deed === 'stop') await client.stopReply(room, id)
  else await client.retryReply(room, id)
}
