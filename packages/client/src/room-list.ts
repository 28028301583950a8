import type { Api } from './api.ts'
import { idBefore } from './predecessor.ts'
import type { SessionKeeper } from './session.ts'
import type { Happening } from './state/events.ts'
import { roomChanges } from './state/events.ts'
import { completeRooms, stampOf, takeLookUp } from './state/look-up.ts'
import type { ClientState } from './state/state.ts'
import type { Store } from './store.ts'

/** Brings what the server says of rooms by HTTP into the state. */
export interface RoomList {
  /** Asks for one room. @param stamp see `stampOf` @throws ParleyError */
  lookUp(id: string, stamp: string): Promise<void>
  /** Asks for all rooms that one is in. @throws ParleyError */
  fetchAll(): Promise<void>
}

interface Options {
  readonly api: Api
  readonly session: SessionKeeper
  readonly store: Store
  readonly emit: (happening: Happening) => void
  readonly maxGap: number
}

export const createRoomList = ({ api, session, store, emit, maxGap }: Options): RoomList => {
  const page = (after: string | undefined) =>
    session.withToken((token) => api('GET /api/rooms', { token, query: after === undefined ? {} : { after } }))

  const change = (act: (state: ClientState) => ClientState): void => {
    const before = store.get()
    store.update(act)
    for (const happening of roomChanges(before, store.get())) emit(happening)
  }
  return {
    async lookUp(id, stamp) {
      const { rooms } = await page(idBefore(id))
      const found = rooms.find((room) => room.id === id)
      change((state) => takeLookUp(state, id, found?.member ? found : undefined, { stamp, maxGap }))
    },
    async fetchAll() {
      const told = new Set<string>()
      let after: string | undefined
      for (;;) {
        const before = store.get()
        const { rooms, more } = await page(after)
        for (const room of rooms) {
          if (!room.member) continue
          told.add(room.id)
          change((state) => takeLookUp(state, room.id, room, { stamp: stampOf(before, room.id), maxGap }))
        }
        after = rooms.at(-1)?.id
        if (!more || after === undefined) break
      }
      change((state) => completeRooms(state, told))
    },
  }
}
