import { useState } from 'react'

/** Something that takes a while and may fail: what it is doing, and why it last failed. */
export interface Submit {
  readonly isBusy: boolean
  readonly error: unknown
  run(act: () => Promise<void>): Promise<void>
}

/** One at a time; a second one while the first is under way does nothing. */
export const useSubmit = (): Submit => {
  const [isBusy, setBusy] = useState(false)
  const [error, setError] = useState<unknown>()
  return {
    isBusy,
    error,
    async run(act) {
      if (isBusy) return
      setBusy(true)
      setError(undefined)
      try {
        await act()
      } catch (thrown) {
        setError(thrown)
      } finally {
        setBusy(false)
      }
    },
  }
}
