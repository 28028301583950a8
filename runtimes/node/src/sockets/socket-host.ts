import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Duplex } from 'node:stream'
import {
  type Chat,
  type Clock,
  type Connection,
  type Ending,
  endings,
  type Log,
  refuse,
  Unavailable,
} from '@parley/core'
import type { ConnectionId, UserId } from '@parley/protocol'
import { type RawData, WebSocket, WebSocketServer } from 'ws'
import { heartbeat, type Pulse } from './heartbeat.ts'
import { type Admit, refuseUpgrade } from './upgrade.ts'
import type { LastWord, Peer, WsSockets } from './ws-sockets.ts'

/** What `ws` refuses to hold; the engine itself refuses frames well below this, and says so. */
const maxPayload = 128 * 1024

const wait = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref())

const tooManySockets = refuse('rate_limited', 'You have too many sockets open. Close some.', 10)
const noStorage = 'The storage does not answer. Try again.'

/** Times in milliseconds. */
export interface SocketHostOptions {
  readonly chat: Chat
  readonly sockets: WsSockets
  readonly admit: Admit
  readonly lastWord: LastWord
  /** A sign of life of a connection came in. */
  readonly alive: (id: ConnectionId) => void
  /** Whether a connection has said hello, or need not. */
  readonly isGreeted: (id: ConnectionId) => Promise<boolean>
  readonly clock: Clock
  readonly log: Log
  readonly heartbeatMs: number
  /** How long a connection may take to say hello. */
  readonly helloMs: number
  readonly idleMs: number | undefined
  readonly lifeMs: number | undefined
  /** Sockets that one user may have open. */
  readonly socketsPerUser: number
}

export interface SocketHost {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void
  /** How many sockets are open. */
  open(): number
  /** Says goodbye to all; resolves when what was under way is answered and all are closed, or after `withinMs`. */
  stop(withinMs: number): Promise<void>
}

/** What is known of one socket. Kept small, as what it shares with others is not: there may be many thousands. */
interface Seat extends Pulse {
  readonly connection: Connection
  /** The first frame is answered before the second is looked at: a client may say hello and go on at once. */
  before: Promise<void> | undefined
  hasSpoken: boolean
}

class SeatedSocket extends WebSocket {
  seat: Seat | undefined
}

const seatOf = (ws: WebSocket): Seat => (ws as SeatedSocket).seat as Seat

/** Carries frames between `ws` and the engine. Knows nothing of what they mean. */
export const socketHost = (options: SocketHostOptions): SocketHost => {
  const { chat, sockets, clock, log, lastWord } = options
  const server = new WebSocketServer({
    WebSocket: SeatedSocket,
    noServer: true,
    perMessageDeflate: false,
    maxPayload,
    clientTracking: false,
  })
  const underWay = new Set<Promise<unknown>>()
  /** How many sockets each user has. */
  const held = new Map<UserId, number>()
  let stopping = false

  const track = (work: Promise<unknown>): void => {
    underWay.add(work)
    work.then(
      () => underWay.delete(work),
      (error) => {
        underWay.delete(work)
        log.error({ err: error }, 'socket work failed')
      },
    )
  }

  const say = (peer: Peer, ending: Ending): void => sockets.end(peer, ending, lastWord(ending, peer.dialect))

  const letGo = (user: UserId): void => {
    const left = (held.get(user) ?? 0) - 1
    if (left > 0) held.set(user, left)
    else held.delete(user)
  }

  const expectGreeted = async (pulse: Pulse): Promise<void> => {
    pulse.greeted = await options.isGreeted(pulse.peer.id)
    if (!pulse.greeted) say(pulse.peer, endings.noHello)
  }

  const pulses = heartbeat(options.heartbeatMs, (pulse) => {
    const now = clock.now()
    const idle = options.idleMs !== undefined && now - pulse.heardAt >= options.idleMs
    const old = options.lifeMs !== undefined && now - pulse.openedAt >= options.lifeMs
    if (idle || old) return say(pulse.peer, endings.renewal)
    if (!pulse.greeted && now - pulse.openedAt >= options.helloMs) track(expectGreeted(pulse))
    if (!pulse.answered) return pulse.peer.ws.terminate()
    pulse.answered = false
    pulse.peer.ws.ping()
  })

  const take = async (connection: Connection, peer: Peer, text: string): Promise<void> => {
    const { frame, close } = await chat.receive(connection, text)
    if (close) sockets.end(peer, close, frame)
    else if (frame !== undefined) sockets.answer(connection.id, frame)
  }

  const takeNext = (seat: Seat, text: string): Promise<void> => {
    const { connection, peer, before } = seat
    if (!before) return take(connection, peer, text)
    const taken = before.then(() => take(connection, peer, text))
    if (seat.hasSpoken) return taken
    seat.hasSpoken = true
    seat.before = taken.finally(() => {
      seat.before = undefined
    })
    return seat.before
  }
  function heard(this: WebSocket, data: RawData, binary: boolean): void {
    const seat = seatOf(this)
    if (stopping || seat.peer.ending) return
    seat.heardAt = clock.now()
    if (binary) say(seat.peer, endings.notText)
    else track(takeNext(seat, data.toString()))
  }
  function answered(this: WebSocket): void {
    const seat = seatOf(this)
    // One that no ping asked for tells nothing, and costs nothing.
    if (seat.answered) return
    seat.answered = true
    options.alive(seat.connection.id)
  }
  function failed(this: WebSocket, error: Error): void {
    log.info({ connection: seatOf(this).connection.id, reason: error.message }, 'socket failed')
  }
  function closed(this: WebSocket): void {
    const seat = seatOf(this)
    const { id, user } = seat.connection
    pulses.remove(seat)
    sockets.remove(id)
    letGo(user)
    track(chat.close(id))
  }

  const begin = (connection: Connection, ws: SeatedSocket, tcp: Socket): void => {
    const now = clock.now()
    const seat: Seat = {
      connection,
      peer: sockets.add(connection, ws, tcp),
      openedAt: now,
      heardAt: now,
      answered: true,
      greeted: false,
      turn: 0,
      before: chat.begin(connection),
      hasSpoken: false,
    }
    ws.seat = seat
    pulses.add(seat)
    track(seat.before as Promise<void>)
    ws.on('message', heard).on('pong', answered).on('error', failed).on('close', closed)
  }

  /** Whether a socket of that connection was opened. */
  const open = async (
    connection: Connection,
    request: IncomingMessage,
    socket: Duplex,
    head: Buffer,
  ): Promise<boolean> => {
    const refusal = await chat.open(connection)
    if (refusal) {
      refuseUpgrade(socket, refusal)
      return false
    }
    let begun = false
    if (!socket.destroyed) {
      server.handleUpgrade(request, socket, head, (ws) => {
        begun = true
        begin(connection, ws, socket as Socket)
      })
    }
    // A handshake that `ws` refuses ends the socket without ever opening it.
    if (!begun) await chat.close(connection.id)
    return begun
  }

  const admit = async (request: IncomingMessage, socket: Duplex, head: Buffer): Promise<void> => {
    const arrival = await options.admit(request, socket)
    if (!arrival || stopping) return void (stopping && socket.destroy())
    const { user } = arrival
    const before = held.get(user) ?? 0
    if (before >= options.socketsPerUser) return refuseUpgrade(socket, tooManySockets)
    // Counted before anything is waited for: many that come at once are as many as one after another.
    held.set(user, before + 1)
    let isOpen = false
    try {
      isOpen = await open({ id: randomUUID() as ConnectionId, ...arrival }, request, socket, head)
    } finally {
      if (!isOpen) letGo(user)
    }
  }

  const failedBefore = (error: Error): void => log.info({ reason: error.message }, 'socket failed')

  return {
    upgrade: (request, socket, head) => {
      socket.on('error', failedBefore)
      track(
        admit(request, socket, head).catch((error) => {
          if (error instanceof Unavailable) return refuseUpgrade(socket, refuse('unavailable', noStorage, 1))
          log.error({ err: error }, 'upgrade failed')
          socket.destroy()
        }),
      )
    },
    open: () => [...sockets.peers()].length,
    stop: async (withinMs) => {
      stopping = true
      pulses.stop()
      const deadline = wait(withinMs)
      const settle = async (): Promise<void> => {
        // What the storage keeps waiting is not answered any more; the other half is for the goodbyes.
        await Promise.race([Promise.allSettled(underWay), wait(withinMs / 2)])
        for (const peer of sockets.peers()) say(peer, endings.goingAway)
        while ([...sockets.peers()].length > 0 || underWay.size > 0) await wait(10)
      }
      await Promise.race([settle(), deadline])
      for (const peer of sockets.peers()) peer.ws.terminate()
      await Promise.allSettled(underWay)
    },
  }
}
