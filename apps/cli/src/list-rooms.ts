import type { Client } from '@parley/client'
import type { EndpointResponse } from '@parley/protocol'

/** A room as the list of rooms tells it: one's own, or a public one. */
export type ListedRoom = EndpointResponse<'GET /api/rooms'>['rooms'][number]

/** One's own rooms and all public ones, by id. @throws ParleyError */
export const listRooms = async (client: Client): Promise<readonly ListedRoom[]> => {
  const all: ListedRoom[] = []
  for (;;) {
    const after = all.at(-1)?.id
    const { rooms, more } = await client.call('GET /api/rooms', { query: after === undefined ? {} : { after } })
    all.push(...rooms)
    if (!more || rooms.length === 0) return all
  }
}
