import type { Chat, Connection } from '@parley/core'
import type { ConnectionId } from '@parley/protocol'
import type { SocketEvents, Transport } from '../edges.ts'
import type { VirtualClock } from './virtual-clock.ts'

/** How the network treats what it carries, for now. Times in milliseconds. */
export interface Weather {
  /** How long a frame or request takes, drawn anew for each. */
  latency(): number
  /** Whether frames of one socket may overtake each other on their way down. */
  overtakes(): boolean
}

/** The sockets of a server in memory, on a network with its delays. */
export interface Network {
  /** The server's end, for the port `Sockets`. */
  readonly send: (to: readonly ConnectionId[], frame: string) => Promise<readonly ConnectionId[]>
  readonly close: (id: ConnectionId, code: number, reason: string) => Promise<void>
  /** The client's end; `owner` names it for the acts below. */
  transport(owner: string): Transport
  /** Breaks the sockets of a client, or of all. `told`: the server learns it at once; else by its leases. */
  cut(owner: string | undefined, told: boolean): void
  /** From now on nothing gets through the sockets that a client has; nobody is told. */
  freeze(owner: string): void
  /** Says to everybody that the server goes away. */
  sayBye(): void
  /** While it is down, no socket opens and those that were open are gone. */
  isDown: boolean
}

interface Options {
  readonly clock: VirtualClock
  readonly weather: Weather
  readonly chat: () => Chat
  /** Whose ticket it is; undefined: nobody's. */
  readonly redeem: (ticket: string) => Promise<Omit<Connection, 'id' | 'dialect'> | undefined>
}

interface Line {
  readonly owner: string
  readonly id: ConnectionId
  readonly events: SocketEvents
  frozen: boolean
  /** Whether the client may still hear. */
  open: boolean
  /** When the last frame down arrives, so that the next does not overtake it. */
  lastDown: number
  lastUp: number
}

export const createNetwork = ({ clock, weather, chat, redeem }: Options): Network => {
  const lines = new Map<ConnectionId, Line>()
  let count = 0

  const down = (line: Line, act: () => void): void => {
    const arrival = clock.now() + weather.latency()
    const at = weather.overtakes() ? arrival : Math.max(arrival, line.lastDown)
    line.lastDown = Math.max(line.lastDown, at)
    clock.after(at - clock.now(), () => {
      if (line.open && !line.frozen) act()
    })
  }
  /** The client learns that its socket is closed, after all that was sent to it before. */
  const end = (line: Line, code: number, reason: string): void => {
    lines.delete(line.id)
    const at = Math.max(line.lastDown, clock.now() + 1)
    clock.after(at - clock.now(), () => {
      if (!line.open || line.frozen) return
      line.open = false
      line.events.closed(code, reason)
    })
  }
  const handle = async (line: Line, connection: Connection, frame: string): Promise<void> => {
    if (!lines.has(line.id)) return
    const server = chat()
    const reply = await server.receive(connection, frame)
    if (!lines.has(line.id) || server !== chat()) return
    const { frame: answer, close } = reply
    if (answer !== undefined) down(line, () => line.events.received(answer))
    if (close) {
      end(line, close.code, close.message)
      await server.close(line.id)
    }
  }
  const open = async (line: Line, url: string): Promise<Connection | undefined> => {
    const ticket = new URL(url).searchParams.get('ticket') ?? ''
    const facts = network.isDown ? undefined : await redeem(ticket)
    if (!facts || network.isDown) {
      clock.after(weather.latency(), () => {
        if (line.open) line.events.closed(1006, '')
        line.open = false
      })
      return undefined
    }
    const connection: Connection = { id: line.id, dialect: 'parley', ...facts }
    lines.set(line.id, line)
    await chat().open(connection)
    down(line, () => line.events.opened())
    return connection
  }
  const network: Network = {
    isDown: false,
    async send(to, frame) {
      const gone: ConnectionId[] = []
      for (const id of to) {
        const line = lines.get(id)
        if (line) down(line, () => line.events.received(frame))
        else gone.push(id)
      }
      return gone
    },
    async close(id, code, reason) {
      const line = lines.get(id)
      if (line) end(line, code, reason)
    },
    transport: (owner) => (url, events) => {
      count += 1
      const id = `${owner} ${count}` as ConnectionId
      const line: Line = { owner, id, events, frozen: false, open: true, lastDown: 0, lastUp: 0 }
      let connection: Connection | undefined
      clock.after(weather.latency(), () => {
        clock.track(
          open(line, url).then((opened) => {
            connection = opened
          }),
        )
      })
      return {
        send(frame) {
          line.lastUp = Math.max(line.lastUp, clock.now() + weather.latency())
          clock.after(line.lastUp - clock.now(), () => {
            if (connection && !line.frozen) clock.track(handle(line, connection, frame))
          })
        },
        close() {
          line.open = false
          clock.after(weather.latency(), () => {
            if (line.frozen || !lines.delete(line.id)) return
            clock.track(chat().close(line.id))
          })
        },
      }
    },
    sayBye() {
      const bye = JSON.stringify({ type: 'bye', code: 1001, message: 'The server is going away.', retry: 1 })
      for (const line of lines.values()) down(line, () => line.events.received(bye))
    },
    cut(owner, told) {
      for (const line of [...lines.values()]) {
        if (owner !== undefined && line.owner !== owner) continue
        end(line, 1006, '')
        if (told) clock.track(chat().close(line.id))
      }
    },
    freeze(owner) {
      for (const line of lines.values()) if (line.owner === owner) line.frozen = true
    },
  }
  return network
}
