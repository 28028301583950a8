import type { RoomId } from '@parley/protocol'

/** Lets the acts of this process on one room happen one after the other, instead of fighting for its next rev. */
export type RoomQueue = <T>(room: RoomId, act: () => Promise<T>) => Promise<T>

export const roomQueue = (): RoomQueue => {
  const last = new Map<RoomId, Promise<unknown>>()
  return (room, act) => {
    const before = last.get(room) ?? Promise.resolve()
    const run = before.then(act)
    const done = run.then(
      () => undefined,
      () => undefined,
    )
    last.set(room, done)
    void done.then(() => {
      if (last.get(room) === done) last.delete(room)
    })
    return run
  }
}
