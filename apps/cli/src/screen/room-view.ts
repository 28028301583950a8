import type { ClientState } from '@parley/client'
import { limits } from '@parley/protocol/limits'
import { emptyDraft } from './draft.ts'
import type { Frame, View } from './frame.ts'
import { landing, scrollTo } from './scroll.ts'

/** How one begins to look at a room: before what is new, if all of that is counted and can be read, else at the end. */
export const enterView = (state: ClientState, room: string): View => {
  const held = state.rooms.get(room)
  return {
    room,
    newAfter: held && held.unread > 0 && held.unread < limits.unreadMax ? held.read : undefined,
    draft: emptyDraft,
    scroll: 'end',
    panel: undefined,
    panelFrom: 0,
    notice: undefined,
  }
}

/** Whether what one wants to begin with is there. */
export const canLand = (state: ClientState, { room, newAfter }: View): boolean => {
  const window = state.rooms.get(room)?.window
  if (!window || window.newest > window.complete) return false
  return window.start <= (newAfter ?? window.start)
}

/** The view at the line before what is new, if there is more than fits. */
export const land = (view: View, { conversation, height }: Frame): View => ({
  ...view,
  scroll: landing(conversation, height),
})

/** The view after scrolling by some rows, of the panel if there is one. */
export const scrollBy = (view: View, { conversation, height, seen }: Frame, rows: number): View =>
  view.panel
    ? { ...view, panelFrom: Math.max(0, Math.min(view.panelFrom + rows, view.panel().lines.length - 1)) }
    : { ...view, scroll: scrollTo(conversation, seen.upTo + rows, height) }

/** The number of the last message that is seen, 0 if there is none. */
export const lastSeen = ({ conversation, seen }: Frame): number =>
  conversation.slice(seen.from, seen.upTo).findLast(({ seq }) => seq !== undefined)?.seq ?? 0
