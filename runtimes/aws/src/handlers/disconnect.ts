import { openParley } from '../ports.ts'
import { connectionOf, type SocketAnswer, type SocketEvent } from './events.ts'

const { chat } = await openParley(process.env)

/** A connection has ended. API Gateway tells so if it can: where it does not, the connection's lease runs out. */
export const handler = async (event: SocketEvent): Promise<SocketAnswer> => {
  await chat.close(connectionOf(event).id)
  return { statusCode: 200 }
}
