import type { User } from '@parley/client'
import { useMembers, useParley } from '@parley/client/react'
import { useState } from 'react'
import { type Mentioning, matching, mentioningAt } from './mentions.ts'

const shownAtMost = 7

/** Who may be mentioned by what is being written, and which of them is chosen. */
export interface Mentions {
  readonly mentioning: Mentioning | undefined
  readonly people: readonly User[]
  readonly chosen: number
  move(by: 1 | -1): void
  /** Offers nobody for this mention any more. */
  dismiss(): void
}

export const useMentions = (room: string, text: string, cursor: number): Mentions => {
  const members = useMembers(room)
  const known = useParley((state) => state.people)
  const [place, setPlace] = useState({ key: '', chosen: 0 })
  const [dismissed, setDismissed] = useState<number>()
  const found = mentioningAt(text, cursor)
  const mentioning = found && found.at !== dismissed ? found : undefined
  const candidates = mentioning ? (members ?? []).flatMap(({ id }) => known.get(id) ?? []) : []
  const people = mentioning ? matching(candidates, mentioning.word).slice(0, shownAtMost) : []
  const key = mentioning ? `${mentioning.at} ${mentioning.word}` : ''
  const chosen = place.key === key ? Math.min(place.chosen, people.length - 1) : 0
  return {
    mentioning: people.length > 0 ? mentioning : undefined,
    people,
    chosen,
    move: (by) => setPlace({ key, chosen: (chosen + by + people.length) % Math.max(1, people.length) }),
    dismiss: () => setDismissed(found?.at),
  }
}
