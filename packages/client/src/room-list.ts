import type { MyRoom } from '@parley/protocol'
import type { Api } from './api.ts'
import { idBefore } from './predecessor.ts'
import type { SessionKeeper } from './session.ts'
import type { Store } from './store.ts'

interface Options {
  readonly api: Api
  readonly session: SessionKeeper
  readonly store: Store
  readonly resolved: (room: string, told: MyRoom | undefined, doubted: number | undefined) => void
}

/** What the server says of one's rooms by HTTP. */
export const createRoomList = ({ api, session, store, resolved }: Options) => {
  const page = (after: string | undefined) =>
    session.withToken((token) => api('GET /api/rooms', { token, query: after === undefined ? {} : { after } }))

  return {
    /** One room, or undefined if one is not in it. @throws ParleyError */
    async lookUp(id: string): Promise<MyRoom | undefined> {
      const { rooms } = await page(idBefore(id))
      const found = rooms.find((room) => room.id === id)
      return found?.member ? found : undefined
    },
    /** Takes all rooms into the state: `welcome` had no place for them. @throws ParleyError */
    async fetchAll(): Promise<void> {
      let after: string | undefined
      for (;;) {
        const { doubts } = store.get()
        const { rooms, more } = await page(after)
        for (const room of rooms) if (room.member) resolved(room.id, room, doubts.get(room.id))
        after = rooms.at(-1)?.id
        if (!more || after === undefined) return
      }
    },
  }
}
