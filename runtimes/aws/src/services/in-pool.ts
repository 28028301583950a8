/** Does something with each, so many at once at most. Rejects with the first failure, when all under way have ended. */
export const inPool = async <T>(all: readonly T[], atOnce: number, act: (one: T) => Promise<void>): Promise<void> => {
  const rest = all.values()
  const work = async (): Promise<void> => {
    for (const one of rest) await act(one)
  }
  const results = await Promise.allSettled(Array.from({ length: Math.min(atOnce, all.length) }, work))
  for (const result of results) if (result.status === 'rejected') throw result.reason
}
