import { useLayoutEffect, useRef } from 'react'

/** Whether what is drawn now begins earlier than what was drawn before: older messages came above. */
export const usePrepended = (firstSeq: number | undefined): boolean => {
  const before = useRef(firstSeq)
  const isEarlier = firstSeq !== undefined && before.current !== undefined && firstSeq < before.current
  useLayoutEffect(() => {
    before.current = firstSeq
  }, [firstSeq])
  return isEarlier
}
