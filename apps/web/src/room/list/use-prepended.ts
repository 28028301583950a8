import { type RefObject, useLayoutEffect, useRef } from 'react'

/**
 * Whether what is drawn now begins earlier than what was drawn before, so that the list must hold its place: older
 * messages came above. A list that does not fill its height has no place to hold, and waits for a scroll in vain.
 */
export const usePrepended = (firstSeq: number | undefined, scroller: RefObject<HTMLElement | null>): boolean => {
  const before = useRef(firstSeq)
  const isEarlier = firstSeq !== undefined && before.current !== undefined && firstSeq < before.current
  useLayoutEffect(() => {
    before.current = firstSeq
  }, [firstSeq])
  const element = scroller.current
  return isEarlier && element !== null && element.scrollHeight > element.clientHeight
}
