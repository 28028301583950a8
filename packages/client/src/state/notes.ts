import type { Down } from '@parley/protocol'
import { type ClientState, type Note, withEntry } from './state.ts'

const withNotes = (state: ClientState, room: string, list: readonly Note[]): ClientState => ({
  ...state,
  notes: withEntry(state.notes, room, list.length > 0 ? list : undefined),
})

export const noteOf = (state: ClientState, room: string, id: string): Note | undefined =>
  state.notes.get(room)?.find((note) => note.id === id)

/** Takes a word to oneself alone. Frames that were overtaken tell less of it, or nothing new when it is whole. */
export const takeNote = (state: ClientState, { room, id, text, streaming = false }: Down<'note'>): ClientState => {
  if (state.dismissed.has(id)) return state
  const held = noteOf(state, room, id)
  if (held && (!held.isGrowing || (streaming && text.length <= held.text.length))) return state
  const note: Note = { id, room, text, isGrowing: streaming }
  const list = state.notes.get(room) ?? []
  return withNotes(state, room, held ? list.map((one) => (one === held ? note : one)) : [...list, note])
}

/** Puts a note away, for good: frames that still come of it do not bring it back. */
export const dismissNote = (state: ClientState, room: string, id: string): ClientState => {
  const held = noteOf(state, room, id)
  if (!held) return state
  const list = (state.notes.get(room) ?? []).filter((note) => note !== held)
  return withNotes({ ...state, dismissed: new Set([...state.dismissed, id]) }, room, list)
}
