import type { Client, Message } from '@parley/client'

interface Options {
  readonly client: Pick<Client, 'state' | 'subscribe' | 'open'>
  readonly room: string
  /** The seq of the last message that was told already, or any higher number below the next. */
  readonly after: number
  /** Each new message once and in order, and each changed one again. */
  readonly tell: (message: Message, change: 'created' | 'changed') => void
}

/** Of so many of the newest messages changes are told. */
const remembered = 200
/** From so many held messages on, the old ones are let go. */
const heldAtMost = 1_000

/** Tells what is said in a room from now on: without gaps, also over lost connections. Returns how to end that. */
export const follow = ({ client, room, after, tell }: Options): (() => void) => {
  let last = after
  let revs = new Map<number, number>()
  let seen: unknown
  let close = client.open(room)

  const look = (): void => {
    const window = client.state.rooms.get(room)?.window
    if (!window || window === seen) return
    seen = window
    const { messages, complete } = window
    const told = messages.filter(({ seq }) => seq <= complete)
    const next = new Map(told.slice(-remembered).map(({ seq, rev }) => [seq, rev]))
    const fresh: Message[] = []
    const changed: Message[] = []
    for (const message of told) {
      if (message.seq > last) fresh.push(message)
      else if ((revs.get(message.seq) ?? message.rev) < message.rev) changed.push(message)
    }
    revs = next
    last = Math.max(last, fresh.at(-1)?.seq ?? 0)
    for (const message of changed) tell(message, 'changed')
    for (const message of fresh) tell(message, 'created')
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
