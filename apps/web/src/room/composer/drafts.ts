import { type Stored, stored } from '../../preferences/stored.ts'

const drafts = new Map<string, Stored<string>>()

/** What is written in a room and not yet sent: kept over reloads. */
export const draftOf = (room: string): Stored<string> => {
  const known = drafts.get(room)
  if (known) return known
  const draft = stored<string>(`parley-draft ${room}`, '', (value) => (typeof value === 'string' ? value : undefined))
  drafts.set(room, draft)
  return draft
}
