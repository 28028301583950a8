import type { Message } from '@parley/protocol'
import { type ClientState, type Outgoing, withEntry } from './state.ts'

const change = (
  state: ClientState,
  room: string,
  act: (list: readonly Outgoing[]) => readonly Outgoing[],
): ClientState => {
  const list = act(state.outbox.get(room) ?? [])
  return { ...state, outbox: withEntry(state.outbox, room, list.length > 0 ? list : undefined) }
}

export const outgoingOf = (state: ClientState, room: string, id: string): Outgoing | undefined =>
  state.outbox.get(room)?.find((one) => one.id === id)

/** Puts a message where it belongs by the time of its writing, in place of one with its id. */
export const enqueue = (state: ClientState, outgoing: Outgoing): ClientState =>
  change(state, outgoing.room, (list) =>
    [...list.filter(({ id }) => id !== outgoing.id), outgoing].sort((one, other) => one.writtenAt - other.writtenAt),
  )

export const withdraw = (state: ClientState, room: string, id: string): ClientState =>
  outgoingOf(state, room, id) ? change(state, room, (list) => list.filter((one) => one.id !== id)) : state

/** A message is stored: if it is the own one that was under way, it is so no longer. */
export const settle = (state: ClientState, message: Message): ClientState =>
  message.from.id === state.me?.id ? withdraw(state, message.room, message.id) : state
