import type { Violation } from './checks/record.ts'
import type { Entry } from './history.ts'
import { judge } from './judge.ts'

const mostMs = 20_000

/** Whether an entry is about what a violation is about. */
const isAbout = (entry: Entry, { room, id, rev }: Violation): boolean => {
  switch (entry.kind) {
    case 'act':
    case 'created':
      return entry.room === room && (id === undefined || entry.id === id)
    case 'answered':
    case 'held':
      return entry.message.room === room && (entry.message.id === id || entry.message.rev === rev)
    case 'heard': {
      if (entry.frame.type === 'welcome' || entry.frame.type === 'bye') return true
      const text = JSON.stringify(entry.frame)
      return id === undefined ? room !== undefined && text.includes(room) : text.includes(id)
    }
    case 'fault':
      return false
    default:
      return true
  }
}

/** The same entry with one of the many messages that its frame tells of. */
const withOne = (entry: Entry): readonly Entry[] => {
  if (entry.kind !== 'heard' || (entry.frame.type !== 'synced' && entry.frame.type !== 'page')) return []
  const { frame } = entry
  return frame.messages.length < 2
    ? []
    : frame.messages.map((one) => ({ ...entry, frame: { ...frame, messages: [one] } }))
}

/**
 * The shortest part of a history that still shows a violation: parts are left out, ever smaller ones, as long as it
 * does. What is told only by all of a history, such as that something is nowhere in it, was true of the whole.
 */
export const shrink = (entries: readonly Entry[], violation: Violation): readonly Entry[] => {
  const began = performance.now()
  const shows = (part: readonly Entry[]): boolean => judge(part).some(({ key }) => key === violation.key)
  const near = entries.filter((entry) => isAbout(entry, violation))
  let kept: readonly Entry[] = shows(near) ? near : entries
  for (let size = Math.ceil(kept.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = kept.length - size; from > -size; from -= size) {
      if (performance.now() - began > mostMs) return kept
      const without = [...kept.slice(0, Math.max(0, from)), ...kept.slice(from + size)]
      if (shows(without)) kept = without
    }
  }
  for (const entry of kept) {
    const replaced = (one: Entry): readonly Entry[] => kept.map((old) => (old === entry ? one : old))
    const smaller = withOne(entry).find((one) => shows(replaced(one)))
    if (smaller) kept = replaced(smaller)
  }
  return kept
}
