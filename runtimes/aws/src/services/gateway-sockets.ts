import type { Sockets } from '@parley/core'
import type { ConnectionId } from '@parley/protocol'
import type { Gateway } from './gateway.ts'
import type { Later } from './later.ts'

/** Connections that one function posts to by itself, all at once. Above, queue workers do it. */
export const inlineMax = 50
/** Connections of one task. */
const shardSize = 250

const inPieces = <T>(all: readonly T[], size: number): readonly (readonly T[])[] =>
  Array.from({ length: Math.ceil(all.length / size) }, (_, index) => all.slice(index * size, (index + 1) * size))

/**
 * {@link Sockets} of API Gateway. A few connections are posted to at once; what goes to many, and what the gateway does
 * not take now, goes through a queue, which then is what remembers it. Frames to one connection may overtake each other:
 * their revs tell the order.
 */
export const gatewaySockets = (gateway: Gateway, later: Later): Sockets => ({
  send: async (to, frame) => {
    if (to.length > inlineMax) {
      await later(inPieces(to, shardSize).map((piece) => ({ kind: 'frame', to: piece, frame })))
      return []
    }
    const posted = await Promise.all(to.map((id) => gateway.post(id, frame)))
    const which = (wanted: (typeof posted)[number]): readonly ConnectionId[] =>
      to.filter((_, index) => posted[index] === wanted)
    const busy = which('busy')
    if (busy.length > 0) await later([{ kind: 'frame', to: busy, frame }])
    return which('gone')
  },
  // The gateway closes with a code of its own; what was meant has been said before.
  close: (id) => gateway.close(id),
})
