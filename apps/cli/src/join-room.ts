import { type Client, isParleyError } from '@parley/client'
import { exitCodes, Failure } from './failure.ts'

/** Says of a room that is not there, as far as one may know, what can be done. @throws Failure, or what was thrown */
export const explainRoom = (room: string, thrown: unknown): never => {
  const code = isParleyError(thrown) ? thrown.code : undefined
  if (code === 'bad_request') throw new Failure(`${room} is no id of a room.`, exitCodes.usage)
  if (code !== 'not_found') throw thrown
  throw new Failure(`There is no room ${room}, or you are not in it. "parley rooms" lists yours.`)
}

/** Sees to it that one is in a room, joining it if it is public. @throws Failure, ParleyError */
export const joinRoom = async (client: Client, room: string): Promise<void> => {
  if (!client.state.rooms.has(room)) await client.join(room).catch((error) => explainRoom(room, error))
}
