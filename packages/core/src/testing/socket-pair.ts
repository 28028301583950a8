import type { ConnectionId } from '@parley/protocol'
import type { Sockets } from '../ports/sockets.ts'

/** The client's end of a socket. */
export interface SocketEnd {
  readonly id: ConnectionId
  /** Frames as they arrived, the oldest first. */
  readonly received: readonly string[]
  /** How the server closed it. */
  readonly closed: { readonly code: number; readonly reason: string } | undefined
  /** Called with each frame as it arrives. */
  onFrame: (frame: string) => void
  /** Dies without a word to the other end, which learns it when it sends. */
  break(): void
}

/** Sockets without a network: what the server sends to an id arrives at the end that was opened under it. */
export interface SocketPairs {
  readonly sockets: Sockets
  open(id: ConnectionId): SocketEnd
}

interface End extends SocketEnd {
  readonly received: string[]
  closed: SocketEnd['closed']
  broken: boolean
}

export const socketPairs = (): SocketPairs => {
  const ends = new Map<ConnectionId, End>()
  const reached = (id: ConnectionId): End | undefined => {
    const end = ends.get(id)
    return end && !end.broken && !end.closed ? end : undefined
  }
  return {
    sockets: {
      send: async (to, frame) => {
        const gone: ConnectionId[] = []
        for (const id of to) {
          const end = reached(id)
          if (end) {
            end.received.push(frame)
            end.onFrame(frame)
          } else gone.push(id)
        }
        return gone
      },
      close: async (id, code, reason) => {
        const end = reached(id)
        if (end) end.closed = { code, reason }
      },
    },
    open: (id) => {
      const end: End = {
        id,
        received: [],
        closed: undefined,
        broken: false,
        onFrame: () => {},
        break: () => {
          end.broken = true
        },
      }
      ends.set(id, end)
      return end
    },
  }
}
