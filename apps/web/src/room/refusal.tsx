import { type ReactElement, useCallback, useEffect, useState } from 'react'
import { useFailureWords } from '../session/failure-words.ts'

const shownMs = 6_000

/** What was refused last, for a while, and how to do something that may be. */
export const useRefusal = (): readonly [refused: unknown, act: (what: Promise<unknown>) => void] => {
  const [refused, setRefused] = useState<unknown>()
  useEffect(() => {
    if (refused === undefined) return
    const timer = setTimeout(() => setRefused(undefined), shownMs)
    return () => clearTimeout(timer)
  }, [refused])
  const act = useCallback((what: Promise<unknown>): void => {
    setRefused(undefined)
    what.catch(setRefused)
  }, [])
  return [refused, act]
}

/** Why what one did in the room came to nothing: the room itself shows what the server holds. */
export const Refusal = ({ refused }: { readonly refused: unknown }): ReactElement => {
  const words = useFailureWords()
  return (
    <div role="alert" className="pointer-events-none relative z-10">
      {refused !== undefined && (
        <div className="absolute inset-x-3 top-3 flex justify-center">
          <p className="rising rounded-full bg-raised px-4 py-1.5 text-side text-danger shadow-float">
            {words(refused, { conflict: 'notNow' })}
          </p>
        </div>
      )}
    </div>
  )
}
