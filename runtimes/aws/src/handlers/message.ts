import { chat as makeChat } from '@parley/core'
import { openParley } from '../ports.ts'
import { patientConnections } from '../services/patient-connections.ts'
import { connectionOf, type SocketAnswer, type SocketEvent } from './events.ts'

const { chat, gateway, ports } = await openParley(process.env)

/** For frames that a client has sent right behind its `hello`, which another function may still be at. */
const patient = makeChat({ ...ports, connections: patientConnections(ports.connections) })

/** Takes one frame, of whatever route. The answer goes back through the route. */
export const handler = async (event: SocketEvent): Promise<SocketAnswer> => {
  const connection = connectionOf(event)
  const engine = event.requestContext.routeKey === 'hello' ? chat : patient
  const { frame, close } = await engine.receive(connection, event.body ?? '')
  if (!close) return { statusCode: 200, ...(frame !== undefined && { body: frame }) }
  // A route's answer is sent after the function has ended: too late to be the last word.
  if (frame !== undefined) await gateway.post(connection.id, frame)
  await gateway.close(connection.id)
  return { statusCode: 200 }
}
