import type { ClientState, Note } from '@parley/client'
import { harmless } from '../terminal/harmless.ts'
import { caret } from '../words/message-words.ts'
import { titleOf } from '../words/names.ts'
import type { Panel } from './talk.ts'

/** What a bot says to oneself alone, in a few words before it. */
export const noteTitle = (state: ClientState, { room }: Pick<Note, 'room'>): string => {
  const facts = state.rooms.get(room)?.facts
  return `For you alone: what you missed in ${facts ? titleOf(state, facts) : room}`
}

/** A note as it is at each moment: it may still grow. */
export const notePanel =
  (client: { readonly state: ClientState }, first: Note): (() => Panel) =>
  () => {
    const { text, isGrowing } = client.state.notes.get(first.room)?.find(({ id }) => id === first.id) ?? first
    return {
      title: noteTitle(client.state, first),
      lines: [{ label: '', text: `${harmless(text)}${isGrowing ? caret : ''}` }],
    }
  }
