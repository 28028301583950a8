import { openParley } from '../ports.ts'
import { connectionOf, type SocketAnswer, type SocketEvent } from './events.ts'

const {
  chat,
  facts,
  ports: { settings },
} = await openParley(process.env)

/**
 * Registers a connection that the authorizer has let in. API Gateway does not know it yet: what is said to one that says no
 * hello itself goes through the queue.
 */
export const handler = async (event: SocketEvent): Promise<SocketAnswer> => {
  const { authorizer } = event.requestContext
  if (authorizer && 'status' in authorizer) return { statusCode: Number(authorizer.status) }
  const connection = connectionOf(event)
  const { socketsPerUser } = settings
  const isLimited = Number.isFinite(socketsPerUser)
  if (isLimited && (await facts.hasAsMany(connection.user, socketsPerUser))) return { statusCode: 429 }
  if (await chat.open(connection)) return { statusCode: 429 }
  await chat.begin(connection)
  return { statusCode: 200 }
}
