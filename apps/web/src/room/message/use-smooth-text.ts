import { useEffect, useRef, useState } from 'react'
import { advance } from './smooth.ts'

const isStill = (): boolean =>
  document.visibilityState !== 'visible' || matchMedia('(prefers-reduced-motion: reduce)').matches

/**
 * A text as it is shown while it grows: what is there at first at once, what is added over the next frames, also when
 * the last of it has come. A text that does not grow is shown as it is.
 */
export const useSmoothText = (text: string, isGrowing: boolean): string => {
  const [shown, setShown] = useState(text.length)
  const place = useRef(text.length)
  const hasGrown = useRef(false)
  if (isGrowing) hasGrown.current = true
  useEffect(() => {
    if (!hasGrown.current || isStill() || place.current > text.length) {
      place.current = text.length
      setShown(text.length)
      return
    }
    let before = performance.now()
    let frame = 0
    const step = (now: number): void => {
      place.current = advance(text, place.current, Math.min(100, Math.max(0, now - before)))
      before = now
      setShown(Math.floor(place.current))
      if (place.current < text.length) frame = requestAnimationFrame(step)
      else hasGrown.current = isGrowing
    }
    frame = requestAnimationFrame(step)
    return () => cancelAnimationFrame(frame)
  }, [text, isGrowing])
  return hasGrown.current && shown < text.length ? text.slice(0, shown) : text
}
