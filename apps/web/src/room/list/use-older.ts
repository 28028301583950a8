import { type RefObject, useEffect, useRef, useState } from 'react'
import type { Row } from './rows.ts'

interface Options {
  readonly scroller: RefObject<HTMLElement | null>
  readonly hasOlder: boolean
  readonly isLoading: boolean
  readonly older: () => Promise<boolean>
  readonly rows: readonly Row[]
}

/** Older messages are fetched when no more than so much is left above. */
const reserve = (element: HTMLElement): number => Math.max(1600, element.clientHeight * 2)

/** Fetches older messages before they are needed: `look` is to be called whenever they may be. */
export const useOlder = ({ scroller, hasOlder, isLoading, older, rows }: Options) => {
  const [isFetching, setFetching] = useState(false)
  const [hasFailed, setFailed] = useState(false)
  const isUnderWay = useRef(false)
  const look = (): void => {
    const element = scroller.current
    if (!element || !hasOlder || isLoading || isUnderWay.current || element.scrollTop > reserve(element)) return
    isUnderWay.current = true
    setFetching(true)
    setFailed(false)
    older()
      .catch(() => setFailed(true))
      .finally(() => {
        isUnderWay.current = false
        setFetching(false)
      })
  }
  // biome-ignore lint/correctness/useExhaustiveDependencies: it looks when there are other rows, whatever else is new
  useEffect(look, [rows.length, hasOlder, isLoading])
  return { isFetching, hasFailed, look }
}
