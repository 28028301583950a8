import type { Message, MessageId, Room, RoomBotChange, RoomId, RoomRole, UserId } from '@parley/protocol'
import type { Requests } from './requests.ts'
import type { Ask } from './wire.ts'

/**
 * What one can do besides sending. Each waits for a connection for a while, and for the answer; each rejects with a
 * `ParleyError` that says why, and whether it makes sense to try again.
 */
export interface Acts {
  /** Changes the text of one's own message. */
  edit(room: string, id: string, text: string): Promise<Message>
  delete(room: string, id: string): Promise<Message>
  /** Puts an emoji to a message, or takes one's own away. */
  react(room: string, id: string, emoji: string, on: boolean): Promise<Message>
  create(room: string, options: { readonly kind: 'public' | 'private'; readonly name?: string }): Promise<Room>
  join(room: string): Promise<Room>
  leave(room: string): Promise<void>
  invite(room: string, user: string, role?: RoomRole): Promise<Room>
  remove(room: string, user: string): Promise<Room>
  /** Gives a room another name or topic, or changes what bots do there: `null` takes a setting of theirs back. */
  set(
    room: string,
    facts: { readonly name?: string; readonly topic?: string; readonly bot?: RoomBotChange },
  ): Promise<Room>
  /** The room of these people and oneself, the same whenever it is asked for. */
  direct(users: readonly string[]): Promise<Room>
  rename(name: string): Promise<void>
  /** Ends a bot's reply with what it has said so far. */
  stopReply(room: string, id: string): Promise<void>
  /** Lets a bot of the server answer once more, in the place of what it said, which is kept as a variant. */
  retryReply(room: string, id: string): Promise<void>
  /** Shows another of the variants of a reply, to everybody; `index` from 0. */
  showVariant(room: string, id: string, index: number): Promise<void>
  /** Asks for a summary of what was said in a room after a seq, or after the own read marker. It comes as a note. */
  catchUp(room: string, after?: number): Promise<void>
  /** Speaks to everybody who is connected; for admins. */
  broadcast(text: string): Promise<void>
}

export const createActs = ({ ask }: Requests): Acts => {
  const place = (room: string, id: string) => ({ room: room as RoomId, id: id as MessageId })
  const steer = async (what: Ask<'stop' | 'retry' | 'variant'>): Promise<void> => {
    await ask(what)
  }
  return {
    edit: async (room, id, text) => (await ask<'edit'>({ action: 'edit', ...place(room, id), text })).message,
    delete: async (room, id) => (await ask<'delete'>({ action: 'delete', ...place(room, id) })).message,
    react: async (room, id, emoji, on) =>
      (await ask<'react'>({ action: 'react', ...place(room, id), emoji, on })).message,
    create: async (room, { kind, name }) => {
      const named = name === undefined ? {} : { name }
      return (await ask<'create'>({ action: 'create', room: room as RoomId, kind, ...named })).room
    },
    join: async (room) => (await ask<'join'>({ action: 'join', room: room as RoomId })).room,
    leave: async (room) => {
      await ask<'leave'>({ action: 'leave', room: room as RoomId })
    },
    invite: async (room, user, role) => {
      const as = role === undefined ? {} : { role }
      return (await ask<'invite'>({ action: 'invite', room: room as RoomId, user: user as UserId, ...as })).room
    },
    remove: async (room, user) =>
      (await ask<'remove'>({ action: 'remove', room: room as RoomId, user: user as UserId })).room,
    set: async (room, { name, topic, bot }) => {
      const facts = { ...(name !== undefined && { name }), ...(topic !== undefined && { topic }), ...(bot && { bot }) }
      return (await ask<'set'>({ action: 'set', room: room as RoomId, ...facts })).room
    },
    direct: async (users) => (await ask<'direct'>({ action: 'direct', with: users as UserId[] })).room,
    rename: async (name) => {
      await ask<'rename'>({ action: 'rename', name })
    },
    stopReply: (room, id) => steer({ action: 'stop', ...place(room, id) }),
    retryReply: (room, id) => steer({ action: 'retry', ...place(room, id) }),
    showVariant: (room, id, index) => steer({ action: 'variant', ...place(room, id), index }),
    catchUp: async (room, after) => {
      const since = after === undefined ? {} : { after }
      await ask<'catchup'>({ action: 'catchup', room: room as RoomId, ...since })
    },
    broadcast: async (text) => {
      await ask<'broadcast'>({ action: 'broadcast', text })
    },
  }
}
