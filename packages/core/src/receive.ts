import { limits } from '@parley/protocol'
import type { Connection } from './actor.ts'
import type { WireAnswer } from './answer.ts'
import { begin } from './begin.ts'
import { type Ending, endings } from './ending.ts'
import { execute, publish, refuseFailure } from './execute.ts'
import { greet } from './greet.ts'
import { handsOf } from './hands.ts'
import type { Deed, Dialect, Request } from './ports/dialect.ts'
import type { Ports } from './ports/ports.ts'
import { isRefusal, type Refusal, refuse, tooMuch } from './refusal.ts'
import { isLive } from './sessions.ts'
import { instant } from './shapes.ts'

/** What the host sends to the caller, and whether it closes the socket after it. */
export interface Reply {
  readonly frame?: string
  readonly close?: Ending
}

/** The wait that the rates impose on a frame, or the end of who does not heed it. */
const limited = (ports: Ports, { id, user }: Connection): Refusal | Ending | undefined => {
  const wait = Math.max(ports.limits.take('frame', id), ports.limits.take('user', user))
  if (wait === 0) return undefined
  if (ports.limits.take('flood', id) > 0) return endings.tooMany
  return tooMuch(wait)
}

/** A connection is heard while it is registered and its session lasts. */
const unheard = async (ports: Ports, connection: Connection, action: string): Promise<Refusal | Ending | undefined> => {
  const { id, session, user, expiresAt } = connection
  const state = await ports.connections.state(id)
  if (state === undefined) return endings.lost
  const now = ports.clock.now()
  // Its end is told at once; a telling that was lost is made up for at the next heartbeat.
  const due = action === 'ping' || Date.parse(expiresAt) <= now
  if (due && !(await isLive(ports, session, user))) return endings.signedOut
  // Its frame was quicker than its host.
  if (state === 'open' && ports.dialects[connection.dialect]?.stay) return begin(ports, connection)
  const hello = action === 'hello'
  if (hello && state === 'greeted') return refuse('bad_request', 'This connection has said hello before.')
  if (!hello && state === 'open') return refuse('bad_request', 'Say hello first.')
  return undefined
}

/** A greeting that failed half way hears, but was never told of what: only another connection begins anew. */
const failed = async (ports: Ports, { id }: Connection, action: string, error: unknown): Promise<Refusal | Ending> => {
  const refusal = refuseFailure(ports, error, action)
  if (action !== 'hello') return refusal
  const state = await ports.connections.state(id).catch(() => undefined)
  return state === 'greeted' ? endings.goingAway : refusal
}

const actionOf = (request: Request | Deed): string => ('act' in request ? 'deed' : request.command.action)

const perform = async (
  ports: Ports,
  connection: Connection,
  request: Request | Deed,
): Promise<WireAnswer | Refusal | Ending | undefined> => {
  const { id, user, session } = connection
  try {
    const refusal = limited(ports, connection) ?? (await unheard(ports, connection, actionOf(request)))
    if (refusal) return refusal
    if ('act' in request) return await request.act(await handsOf(ports, connection))
    const { command } = request
    if (command.action === 'hello') {
      const greeting = await greet(ports, connection)
      if ('code' in greeting) return greeting
      await publish(ports, greeting.events, connection)
      return greeting.answer
    }
    if (command.action === 'ping') {
      await ports.connections.renew(id, instant(ports.clock.now() + ports.settings.leaseMs))
    }
    return await execute(ports, { kind: 'user', user, session, origin: id }, command, connection)
  } catch (error) {
    return failed(ports, connection, actionOf(request), error)
  }
}

const said = (frame: string | undefined, close?: Ending): Reply => ({
  ...(frame !== undefined && { frame }),
  ...(close && { close }),
})

/** A frame of a client, from its bytes to what it is told. */
export const receive = async (ports: Ports, connection: Connection, frame: string): Promise<Reply> => {
  const dialect = ports.dialects[connection.dialect] as Dialect
  if (frame.length > limits.upBytes || Buffer.byteLength(frame) > limits.upBytes) {
    return said(dialect.encodeEvent(endings.tooLarge), endings.tooLarge)
  }
  const decoded = dialect.decode(frame, connection)
  const began = ports.clock.now()
  const result =
    'refusal' in decoded ? (limited(ports, connection) ?? decoded.refusal) : await perform(ports, connection, decoded)
  const action = 'refusal' in decoded ? 'none' : actionOf(decoded)
  ports.metrics.count('parley_frames_total', { action })
  ports.metrics.observe('parley_receive_seconds', (ports.clock.now() - began) / 1000, { action })
  if (result === undefined) return {}
  if (isRefusal(result)) {
    ports.metrics.count('parley_refusals_total', { code: result.refused })
    return said(dialect.encodeRefusal(result, decoded.ref, connection))
  }
  if ('code' in result) return said(dialect.encodeEvent(result), result)
  return said(dialect.encodeAnswer(result, decoded.ref))
}
