import type { Message } from '@parley/client'
import { type RefObject, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react'
import { flushSync } from 'react-dom'

interface Prepended {
  /** What is to be drawn now: older messages that have come are left out until the next frame. */
  readonly shown: readonly Message[]
  /** Older messages are left out. */
  readonly isHeldBack: boolean
  /** What is drawn now begins earlier than what was drawn before, so that the list must hold its place. */
  readonly shift: boolean
}

/**
 * At the top and at the end what the list makes up for moves nothing, so that it would hear of no scroll: it hears of
 * this one, which nobody sees.
 */
const nudge = (element: HTMLElement): void => {
  const { scrollTop, scrollHeight, clientHeight } = element
  if (scrollTop < 1) element.scrollTop = 1
  else if (scrollHeight - scrollTop - clientHeight < 1) element.scrollTop -= 1
}

/**
 * Puts older messages above what is drawn at the beginning of a frame. Between having measured its rows and hearing of
 * the scroll by which it made up for them, the list takes what it has drawn by its numbers: what came then would change
 * every number, and all would be drawn twice. A list that does not fill its height has no place to hold, and would wait
 * for a scroll in vain.
 */
export const usePrepended = (messages: readonly Message[], scroller: RefObject<HTMLElement | null>): Prepended => {
  const first = messages[0]?.seq
  const [begin, setBegin] = useState(first)
  const isHeldBack = first !== undefined && begin !== undefined && first < begin
  if (!isHeldBack && first !== begin) setBegin(first)
  useEffect(() => {
    if (!isHeldBack) return
    if (scroller.current) nudge(scroller.current)
    const frame = requestAnimationFrame(() => flushSync(() => setBegin(first)))
    return () => cancelAnimationFrame(frame)
  }, [isHeldBack, first, scroller])
  const shown = useMemo(
    () => (isHeldBack ? messages.slice(messages.findIndex(({ seq }) => seq >= begin)) : messages),
    [messages, isHeldBack, begin],
  )

  const shownFirst = shown[0]?.seq
  const before = useRef(shownFirst)
  const isEarlier = shownFirst !== undefined && before.current !== undefined && shownFirst < before.current
  useLayoutEffect(() => {
    before.current = shownFirst
  }, [shownFirst])
  const element = scroller.current
  return { shown, isHeldBack, shift: isEarlier && element !== null && element.scrollHeight > element.clientHeight }
}
