/** Makes so many, ten at a time: of a hundred that are asked for at once, a busy machine answers some too late. */
export const tenAtATime = async <T>(count: number, make: (index: number) => Promise<T>): Promise<readonly T[]> => {
  const made: T[] = []
  while (made.length < count) {
    const length = Math.min(10, count - made.length)
    const first = made.length
    made.push(...(await Promise.all(Array.from({ length }, (_, index) => make(first + index)))))
  }
  return made
}
