import type { Client, Message } from '@parley/client'

type Change = 'created' | 'changed'

/** What is to be told, and the number in the room at which it happened. */
interface News {
  readonly message: Message
  readonly change: Change
  readonly place: number
}

interface Options {
  readonly client: Pick<Client, 'state' | 'subscribe' | 'open'>
  readonly room: string
  /** The seq of the last message that was told already, or any higher number below the next. */
  readonly after: number
  /** What was told of them, but for those that grow: if they have changed since, or do so before they are held here, they are told again. */
  readonly known?: readonly Message[]
  /**
   * Each new message once and in order, and each changed one again, after what was said before the change. What grows
   * is told when it has ended.
   */
  readonly tell: (message: Message, change: Change) => void
}

/** Of so many of the newest messages changes are told. */
const remembered = 200
/** From so many held messages on, the old ones are let go. */
const heldAtMost = 1_000

/** Tells what is said in a room from now on: without gaps, also over lost connections. Returns how to end that. */
export const follow = ({ client, room, after, known = [], tell }: Options): (() => void) => {
  let last = after
  let revs = new Map(known.map(({ seq, rev }) => [seq, rev]))
  /** The seqs of those that grow and were not told. */
  const growing = new Set(known.flatMap(({ seq, streaming }) => (streaming ? seq : [])))
  let seen: unknown
  let close = client.open(room)

  const look = (): void => {
    const window = client.state.rooms.get(room)?.window
    if (!window || window === seen) return
    seen = window
    const { messages, complete } = window
    const told = messages.filter(({ seq }) => seq <= complete)
    const news: News[] = []
    for (const message of told.slice(-remembered)) {
      const { seq, rev, streaming } = message
      if (streaming && seq > last) {
        growing.add(seq)
        revs.set(seq, rev)
      }
      const before = revs.get(seq)
      if (streaming && before !== undefined) continue
      if (seq <= last && before !== undefined && before < rev) {
        // What was said before this change may still be missing.
        if (rev > complete) continue
        const wasGrowing = growing.delete(seq)
        if (!wasGrowing || !message.deletedAt) {
          news.push({ message, change: wasGrowing ? 'created' : 'changed', place: rev })
        }
      }
      revs.set(seq, rev)
    }
    for (const message of told) {
      if (message.seq > last && !message.streaming) news.push({ message, change: 'created', place: message.seq })
    }
    revs = new Map([...revs].sort(([one], [other]) => one - other).slice(-remembered))
    last = Math.max(last, told.at(-1)?.seq ?? 0)
    for (const { message, change } of news.sort((one, other) => one.place - other.place)) tell(message, change)
    if (messages.length > heldAtMost && complete === window.newest) letGo()
  }
  const letGo = (): void => {
    const closeOld = close
    closeOld()
    close = client.open(room)
  }
  const unsubscribe = client.subscribe(look)
  look()
  return () => {
    unsubscribe()
    close()
  }
}
