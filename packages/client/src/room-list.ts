import type { Api } from './api.ts'
import { asParleyError } from './errors.ts'
import type { SessionKeeper } from './session.ts'
import { type Happening, roomChanges } from './state/events.ts'
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

  /** Undefined where there is no such room, or none for one's eyes. */
  const one = async (id: string) => {
    try {
      return (await session.withToken((token) => api('GET /api/rooms/{room}', { token, params: { room: id } }))).room
    } catch (thrown) {
      if (asParleyError(thrown).code === 'not_found') return undefined
      throw thrown
    }
  }

  const change = (act: (state: ClientState) => ClientState): void => {
    const before = store.get()
    store.update(act)
    for (const happening of roomChanges(before, store.get())) emit(happening)
  }
  return {
    async lookUp(id, stamp) {
      const found = await one(id)
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
