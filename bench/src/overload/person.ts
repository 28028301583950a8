import { type Connection, openConnection } from '../load/connection.ts'
import { textFrame } from '../load/websocket.ts'
import { wires } from '../load/wires.ts'

/** A frame down, as far as overload needs to read it. */
export interface Frame {
  readonly type: string
  readonly code?: string
  readonly message?: { readonly id: string }
}

/** Somebody with one socket that was greeted. */
export interface Person {
  readonly connection: Connection
  say(frame: object): void
}

/** `lost` hears of an end that was not asked for; without it such an end is thrown into the run. */
export const openPerson = async (
  url: string,
  token: string,
  hear: (frame: Frame) => void = () => undefined,
  lost: (error: Error) => void = (error) => {
    throw error
  },
): Promise<Person> => {
  const connection = await openConnection(url, wires.parley, { Authorization: `Bearer ${token}` }, lost)
  connection.onText = (bytes, start, end) => hear(JSON.parse(bytes.toString('utf8', start, end)) as Frame)
  return { connection, say: (frame) => connection.send(textFrame(JSON.stringify(frame))) }
}

export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))
