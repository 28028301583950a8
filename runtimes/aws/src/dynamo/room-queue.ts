/**
 * Lets the acts of this process on one room, or on one reply that grows, happen one after the other, instead of fighting
 * for its next rev or piece.
 */
export type RoomQueue = <T>(place: string, act: () => Promise<T>) => Promise<T>

export const roomQueue = (): RoomQueue => {
  const last = new Map<string, Promise<unknown>>()
  return (place, act) => {
    const before = last.get(place) ?? Promise.resolve()
    const run = before.then(act)
    const done = run.then(
      () => undefined,
      () => undefined,
    )
    last.set(place, done)
    void done.then(() => {
      if (last.get(place) === done) last.delete(place)
    })
    return run
  }
}
