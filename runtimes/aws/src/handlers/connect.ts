import { limits } from '@parley/protocol'
import { openParley } from '../ports.ts'
import { connectionOf, type SocketAnswer, type SocketEvent } from './events.ts'

const parley = await openParley(process.env)
const { chat, facts, settings } = parley

/** Registers a connection that the authorizer has let in. Nothing is said to it: API Gateway does not know it yet. */
export const handler = async (event: SocketEvent): Promise<SocketAnswer> => {
  const connection = connectionOf(event)
  const isLimited = settings.framesPerSecond !== undefined
  if (isLimited && (await facts.countOf(connection.user)) >= limits.socketsPerUser) return { statusCode: 429 }
  await chat.open(connection)
  return { statusCode: 200 }
}
