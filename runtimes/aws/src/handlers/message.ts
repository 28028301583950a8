import { openParley } from '../ports.ts'
import { connectionOf, type SocketAnswer, type SocketEvent } from './events.ts'

const { chat, gateway } = await openParley(process.env)

/** Takes one frame, of whatever route. The answer goes back through the route. */
export const handler = async (event: SocketEvent): Promise<SocketAnswer> => {
  const connection = connectionOf(event)
  const { frame, close } = await chat.receive(connection, event.body ?? '')
  if (!close) return { statusCode: 200, ...(frame !== undefined && { body: frame }) }
  // A route's answer is sent after the function has ended: too late to be the last word.
  if (frame !== undefined) await gateway.post(connection.id, frame)
  await gateway.close(connection.id)
  return { statusCode: 200 }
}
