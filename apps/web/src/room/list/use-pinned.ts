import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef } from 'react'
import type { Row } from './rows.ts'

/** Keeps who is at the end at the end, and leaves everybody else where they are. */
export interface Pinned {
  /** To be called whenever the list was scrolled. */
  scrolled(): void
  toEnd(): void
  /** Stays where it is, whatever comes, until it is scrolled to the end. */
  release(): void
}

interface Options {
  readonly scroller: RefObject<HTMLElement | null>
  readonly content: RefObject<HTMLElement | null>
  readonly rows: readonly Row[]
  /** Whether one is away from the end. */
  readonly changed: (isAway: boolean) => void
}

/** So near the end is at the end. */
const nearPx = 32
/** So far from it a way back is offered. */
const awayPx = 240
/** So long after a turn of the wheel, a finger's way or a key a scroll is the reader's. */
const handMs = 300
const handEvents = ['wheel', 'touchmove', 'keydown'] as const

export const usePinned = ({ scroller, content, rows, changed }: Options): Pinned => {
  const isPinned = useRef(true)
  const last = useRef({ top: 0, height: 0, hand: Number.NEGATIVE_INFINITY })
  const pinned = useMemo<Pinned>(() => {
    const gapOf = ({ scrollHeight, scrollTop, clientHeight }: HTMLElement): number =>
      scrollHeight - scrollTop - clientHeight
    return {
      scrolled() {
        const element = scroller.current
        if (!element) return
        const gap = gapOf(element)
        const { top, height, hand } = last.current
        // Who scrolls up a little while text streams in wants to leave the end: the way counts, not the distance. Without
        // a hand the list may have moved up by itself, to make up for rows that were not as high as it took them for.
        const isByHand = performance.now() - hand < handMs
        const isUp = element.scrollTop < top && gap > 2
        if (isUp && (isByHand || (gap > nearPx && element.scrollHeight === height))) isPinned.current = false
        else if (gap <= nearPx) isPinned.current = true
        last.current = { top: element.scrollTop, height: element.scrollHeight, hand }
        changed(!isPinned.current && gap > awayPx)
      },
      toEnd() {
        isPinned.current = true
        const element = scroller.current
        if (element) element.scrollTop = element.scrollHeight
      },
      release() {
        isPinned.current = false
      },
    }
  }, [scroller, changed])

  const lastRow = rows.at(-1)
  const lastSent = lastRow?.kind === 'outgoing' ? lastRow.key : undefined
  useLayoutEffect(() => {
    if (lastSent) isPinned.current = true
  }, [lastSent])

  useEffect(() => {
    const element = scroller.current
    const note = (): void => {
      last.current.hand = performance.now()
    }
    for (const event of handEvents) element?.addEventListener(event, note, { passive: true })
    return () => {
      for (const event of handEvents) element?.removeEventListener(event, note)
    }
  }, [scroller])

  useEffect(() => {
    const follow = (): void => {
      if (isPinned.current) pinned.toEnd()
      else pinned.scrolled()
    }
    const observer = new ResizeObserver(follow)
    for (const element of [scroller.current, content.current]) if (element) observer.observe(element)
    return () => observer.disconnect()
  }, [scroller, content, pinned])
  return pinned
}
