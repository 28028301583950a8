import { useEffect, useState } from 'react'

const shownMs = 1600

/** Whether something was just copied, and how to copy. */
export const useCopy = (): readonly [boolean, (text: string) => void] => {
  const [isCopied, setCopied] = useState(false)
  useEffect(() => {
    if (!isCopied) return
    const timer = setTimeout(() => setCopied(false), shownMs)
    return () => clearTimeout(timer)
  }, [isCopied])
  const copy = (text: string): void => {
    navigator.clipboard?.writeText(text).then(
      () => setCopied(true),
      () => setCopied(false),
    )
  }
  return [isCopied, copy]
}
