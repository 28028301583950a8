import type { Down, Message } from '@parley/protocol'
import type { Clock } from './edges.ts'
import { refused } from './errors.ts'
import type { Heard } from './link.ts'
import type { Outbox } from './outbox.ts'
import { apply } from './state/apply.ts'
import { type Happening, happenings } from './state/events.ts'
import { forgotten } from './state/state.ts'
import type { Store } from './store.ts'
import type { Typing } from './typing.ts'

interface Options {
  readonly clock: Clock
  readonly store: Store
  readonly outbox: Outbox
  readonly typing: Typing
  readonly emit: (happening: Happening) => void
  readonly maxGap: number
}

const messagesOf = (frame: Down): readonly Message[] => {
  if (frame.type === 'message') return [frame.message]
  return frame.type === 'synced' || frame.type === 'page' ? frame.messages : []
}

/** They say by their numbers whether they are out of date. */
const numbered: readonly Down['type'][] = ['message', 'delta']

/**
 * Brings frames that were heard together into the state, and tells who listens what is new by them. Of a link that has
 * been replaced only that is taken which cannot be out of date.
 */
export const createHearing = ({ clock, store, outbox, typing, emit, maxGap }: Options) => {
  const take = ({ frame, asked, askedAt }: Heard): readonly Happening[] => {
    const { me } = store.get()
    if (frame.type === 'welcome') {
      if (me && me.id !== frame.me.id) store.update(forgotten)
      outbox.begin(frame.me.id)
    }
    const before = store.get()
    store.update((state) => apply(state, frame, { asked, askedAt, maxGap, now: clock.now() }))
    const after = store.get()
    if (before.outbox !== after.outbox) outbox.settled(before.outbox, messagesOf(frame))
    if (frame.type === 'typing') typing.heard(frame.room, frame.user)
    const isUnasked = frame.type === 'error' && !asked
    return isUnasked ? [{ name: 'error', event: refused(frame) }] : happenings(before, after, frame)
  }
  return (frames: readonly Heard[], isCurrent: boolean): void => {
    const news: Happening[] = []
    store.together(() => {
      for (const one of frames) {
        if (isCurrent || one.asked || numbered.includes(one.frame.type)) news.push(...take(one))
      }
    })
    for (const happening of news) emit(happening)
  }
}
