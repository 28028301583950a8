import type { Client } from '@parley/client'
import type { Paint } from '../terminal/paint.ts'
import { createConversation } from './conversation.ts'
import type { Device } from './device.ts'
import { type Draft, emptyDraft } from './draft.ts'
import { type Frame, frame, type View } from './frame.ts'
import { canLand, enterView, land, lastSeen } from './room-view.ts'

/** What stands on the terminal: one room at a time, drawn again whenever something changes. */
export interface Screen {
  readonly view: View
  /** Looks at another room; what was begun to be written in this one is found there again. */
  go(room: string): void
  /** Changes what is looked at. */
  change(next: (view: View, shown: Frame) => View): void
  /** Somebody looks at the terminal, or no longer: what comes meanwhile is not read. */
  look(isLookedAt: boolean): void
  close(): void
}

interface Options {
  readonly client: Pick<Client, 'state' | 'subscribe' | 'open' | 'watchMembers' | 'older' | 'read'>
  readonly device: Device
  readonly paint: Paint
  readonly room: string
}

/** What changes within this is drawn at once. */
const gatherMs = 10
/** While one waits for something, its time is told again so often. */
const tickMs = 1_000

export const createScreen = ({ client, device, paint, room: first }: Options): Screen => {
  const conversation = createConversation()
  const drafts = new Map<string, Draft>()
  let view = enterView(client.state, first)
  let shown: Frame | undefined
  let isLookedAt = true
  let hasLanded = false
  let isFetching = false
  let timer: NodeJS.Timeout | undefined
  let leaveRoom = (): void => {}

  const picture = (): Frame =>
    frame({ state: client.state, view, size: device.size(), now: Date.now(), paint, conversation })

  /** What is above is fetched before it is needed, and all that is new before it is shown. */
  const fetchOlder = async ({ seen, height }: Frame): Promise<void> => {
    const start = client.state.rooms.get(view.room)?.window.start ?? 0
    if (isFetching || start === 0 || (hasLanded && seen.from > height)) return
    isFetching = true
    await client.older(view.room).catch(() => {})
    isFetching = false
  }
  const markRead = (drawn: Frame): void => {
    const seq = lastSeen(drawn)
    const read = client.state.rooms.get(view.room)?.read ?? seq
    if (isLookedAt && hasLanded && !view.panel && seq > read) client.read(view.room, seq)
  }
  const draw = (): void => {
    timer = undefined
    const room = client.state.rooms.get(view.room)
    if (!isLookedAt && view.newAfter === undefined && room && room.unread > 0) view = { ...view, newAfter: room.read }
    let drawn = picture()
    if (!hasLanded && canLand(client.state, view)) {
      hasLanded = true
      view = land(view, drawn)
      drawn = picture()
    }
    shown = drawn
    device.draw(drawn.rows, drawn.cursor)
    markRead(drawn)
    fetchOlder(drawn)
    if (client.state.connection.status === 'waiting') timer ??= setTimeout(draw, tickMs)
  }
  const soon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(draw, gatherMs)
  }
  const enter = (room: string): void => {
    leaveRoom()
    const leaving = [client.open(room), client.watchMembers(room)]
    leaveRoom = () => {
      for (const leave of leaving) leave()
    }
    hasLanded = false
    soon()
  }
  const unsubscribe = client.subscribe(soon)
  enter(first)
  return {
    get view() {
      return view
    },
    go(room) {
      if (room === view.room) return
      drafts.set(view.room, view.draft)
      view = { ...enterView(client.state, room), draft: drafts.get(room) ?? emptyDraft }
      enter(room)
    },
    change(next) {
      view = next(view, shown ?? picture())
      soon()
    },
    look(is) {
      isLookedAt = is
      const unread = client.state.rooms.get(view.room)?.unread ?? 0
      if (!is && unread === 0) view = { ...view, newAfter: undefined }
      soon()
    },
    close() {
      clearTimeout(timer)
      unsubscribe()
      leaveRoom()
    },
  }
}
