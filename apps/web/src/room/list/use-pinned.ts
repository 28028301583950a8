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

export const usePinned = ({ scroller, content, rows, changed }: Options): Pinned => {
  const isPinned = useRef(true)
  const lastTop = useRef(0)
  const pinned = useMemo<Pinned>(() => {
    const gapOf = ({ scrollHeight, scrollTop, clientHeight }: HTMLElement): number =>
      scrollHeight - scrollTop - clientHeight
    return {
      scrolled() {
        const element = scroller.current
        if (!element) return
        const gap = gapOf(element)
        // Who scrolls up a little while text streams in wants to leave the end: the way counts, not the distance.
        if (element.scrollTop < lastTop.current && gap > 2) isPinned.current = false
        else if (gap <= nearPx) isPinned.current = true
        lastTop.current = element.scrollTop
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

  const last = rows.at(-1)
  const lastSent = last?.kind === 'outgoing' ? last.key : undefined
  useLayoutEffect(() => {
    if (lastSent) isPinned.current = true
  }, [lastSent])

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
