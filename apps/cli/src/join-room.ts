import { type Client, isParleyError } from '@parley/client'
import { exitCodes, Failure } from './failure.ts'

/**
 * Sees to it that one is in a room, joining it if it is public.
 * @throws Failure there is no such room, as far as one may know
 */
export const joinRoom = async (client: Client, room: string): Promise<void> => {
  if (client.state.rooms.has(room)) return
  try {
    await client.join(room)
  } catch (error) {
    if (!isParleyError(error)) throw error
    if (error.code === 'bad_request') throw new Failure(`${room} is no id of a room.`, exitCodes.usage)
    if (error.code !== 'not_found') throw error
    throw new Failure(`There is no room ${room}, or you are not in it. "parley rooms" lists yours.`)
  }
}
