import type { Socket } from 'node:net'
import { type Connection, type Ending, endings, type Sockets } from '@parley/core'
import type { ConnectionId } from '@parley/protocol'
import type { WebSocket } from 'ws'
import { emptyRun, extend, joined, type Run } from './run.ts'
import { textFrame } from './text-frame.ts'

/** One open socket. `tcp` is what `ws` speaks through: whole frames may be written to it beside `ws`, since nothing is compressed or masked. */
export interface Peer {
  readonly id: ConnectionId
  readonly ws: WebSocket
  readonly tcp: Socket
  readonly dialect: string
  run: Run | undefined
  ending: boolean
}

/** What a connection of a dialect is told last; undefined: nothing. */
export type LastWord = (ending: Ending, dialect: string) => string | undefined

/** Bytes that may wait for a slow reader. */
const bufferBytes = 1024 * 1024
/** How long a reader may take for its last frames after it was told that it is too slow. */
const graceMs = 2_000

export interface WsSockets extends Sockets {
  add(connection: Pick<Connection, 'id' | 'dialect'>, ws: WebSocket, tcp: Socket): Peer
  remove(id: ConnectionId): void
  /** Sends the answer to a connection's own frame. */
  answer(id: ConnectionId, frame: string): void
  /** Says the last word where there is one, and closes. */
  end(peer: Peer, ending: Ending, word: string | undefined): void
  peers(): Iterable<Peer>
}

/**
 * Sockets of `ws`. What one turn of the event loop (or one commit) sends to a socket is one write: the kernel's send is
 * four fifths of the cost of a delivery. Who has more than 1 MiB waiting is closed, so nobody waits for a slow reader.
 */
export const wsSockets = (lastWord: LastWord): WsSockets => {
  const peers = new Map<ConnectionId, Peer>()
  let waiting: Peer[] = []
  /** Those of them that were answered: they are written to first, so that they go on while the others are written to. */
  let answered: Peer[] = []
  let start = emptyRun()

  const flushOne = (peer: Peer): void => {
    const { run, tcp } = peer
    peer.run = undefined
    if (!run || !tcp.writable) return
    tcp.write(joined(run))
    if (tcp.writableLength <= bufferBytes || peer.ending) return
    end(peer, endings.slowReader, lastWord(endings.slowReader, peer.dialect))
  }
  const flush = (): void => {
    const [first, then] = [answered, waiting]
    answered = []
    waiting = []
    start = emptyRun()
    for (const peer of first) flushOne(peer)
    for (const peer of then) flushOne(peer)
  }
  const push = (peer: Peer, frame: Buffer): void => {
    if (peer.ending) return
    if (peer.run === undefined) {
      if (waiting.length === 0) setImmediate(flush)
      waiting.push(peer)
      peer.run = extend(start, frame)
    } else {
      peer.run = extend(peer.run, frame)
    }
  }
  const end = (peer: Peer, { code, message }: Ending, word: string | undefined): void => {
    if (peer.ending) return
    if (word !== undefined) push(peer, textFrame(word))
    peer.ending = true
    flushOne(peer)
    peer.ws.close(code, message)
    setTimeout(() => peer.ws.terminate(), graceMs).unref()
  }
  return {
    add: ({ id, dialect }, ws, tcp) => {
      const peer: Peer = { id, ws, tcp, dialect, run: undefined, ending: false }
      peers.set(id, peer)
      return peer
    },
    remove: (id) => peers.delete(id),
    peers: () => peers.values(),
    send: async (to, text) => {
      const frame = textFrame(text)
      const gone: ConnectionId[] = []
      for (const id of to) {
        const peer = peers.get(id)
        if (peer) push(peer, frame)
        else gone.push(id)
      }
      return gone
    },
    answer: (id, text) => {
      const peer = peers.get(id)
      if (!peer) return
      push(peer, textFrame(text))
      answered.push(peer)
    },
    close: async (id, code, message) => {
      const peer = peers.get(id)
      if (peer) end(peer, { type: 'connection-ended', code, message, retry: null }, undefined)
    },
    end,
  }
}
