import { useEffect, useRef, useState } from 'react'
import { advance } from './smooth.ts'

const isStill = (): boolean =>
  document.visibilityState !== 'visible' || matchMedia('(prefers-reduced-motion: reduce)').matches

/** A growing text as it is shown: what is there at first at once, what is added over the next frames. */
export const useSmoothText = (text: string): string => {
  const [shown, setShown] = useState(text.length)
  const place = useRef(text.length)
  const goal = useRef(text)
  useEffect(() => {
    goal.current = text
    if (isStill() || place.current > text.length) {
      place.current = text.length
      setShown(text.length)
      return
    }
    let before = performance.now()
    let frame = 0
    const step = (now: number): void => {
      place.current = advance(goal.current, place.current, Math.min(100, Math.max(0, now - before)))
      before = now
      setShown(Math.floor(place.current))
      if (place.current < goal.current.length) frame = requestAnimationFrame(step)
    }
    frame = requestAnimationFrame(step)
    return () => cancelAnimationFrame(frame)
  }, [text])
  return shown >= text.length ? text : text.slice(0, shown)
}
