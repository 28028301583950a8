import type { MessageRecord } from './records.ts'

/** So many numbers are held before those that are of no use any more are looked for. */
const heldLeast = 1_000

/** Checks the messages of one room, by seq: each number of a change is that of one message, and time goes on. */
export const roomLog = () => {
  /** Latest changes of messages that came, above the newest seq, and some below. */
  const taken = new Set<number>()
  let pruneAt = heldLeast
  let newest = 0
  let at = ''

  const prune = (): void => {
    for (const rev of taken) if (rev <= newest) taken.delete(rev)
    pruneAt = Math.max(heldLeast, taken.size * 2)
  }

  return {
    /** What is wrong with the next message, if anything is. */
    add(message: Pick<MessageRecord, 'seq' | 'rev' | 'at'>): string | undefined {
      if (taken.has(message.seq)) return `seq: ${message.seq} is the rev of another message`
      if (taken.has(message.rev)) return `rev: ${message.rev} is the rev of another message`
      if (message.at <= at) return 'at: is not later than that of the message before'
      newest = message.seq
      at = message.at
      if (message.rev > message.seq) taken.add(message.rev)
      if (taken.size >= pruneAt) prune()
      return undefined
    },
    /** The number of the newest change. */
    rev: (): number => taken.values().reduce((most, rev) => Math.max(most, rev), newest),
  }
}
