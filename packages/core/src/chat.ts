import type { ConnectionId } from '@parley/protocol'
import type { Actor, Connection } from './actor.ts'
import type { Answers } from './answer.ts'
import { begin } from './begin.ts'
import type { Command, CommandOf } from './command.ts'
import { deliver } from './deliver.ts'
import { endings } from './ending.ts'
import type { Delivery } from './events.ts'
import { execute } from './execute.ts'
import { companyOf } from './hands.ts'
import { roomsOf } from './membership.ts'
import { endOrphans } from './orphans.ts'
import type { Ports } from './ports/ports.ts'
import { type Reply, receive } from './receive.ts'
import { type Refusal, tooMuch } from './refusal.ts'
import { refusals } from './refusals.ts'
import { instant } from './shapes.ts'

/** The engine. It keeps nothing between two calls: making it anew for each is the same. */
export interface Chat {
  /**
   * Registers a connection whose facts the host has settled. It hears nothing before its `hello`.
   * @returns why not, if its user opens too many in a short time, or has too many open
   */
  open(connection: Connection): Promise<Refusal | undefined>
  /**
   * What the host calls once an open connection can be sent to: those of dialects whose clients say no hello hear from
   * now on. For others it does nothing.
   */
  begin(connection: Connection): Promise<void>
  /** Takes one frame of a connection; the host sends the reply, and closes where it says so. Never rejects. */
  receive(connection: Connection, frame: string): Promise<Reply>
  /** A connection has ended, for whatever reason. Again does no harm. */
  close(id: ConnectionId): Promise<void>
  /** Brings a published event to whom it is for. Again does no harm. */
  deliver(delivery: Delivery): Promise<void>
  /**
   * Does what is due by the clock: ends connections whose lease has run out, and replies whose maker has died and whom
   * nobody has taken up. To be called every ten seconds or so.
   */
  wake(): Promise<void>
  /** A command without a wire. Its events are published when the answer comes. Never rejects. */
  execute<A extends Command['action']>(actor: Actor, command: CommandOf<A>): Promise<Answers[A] | Refusal>
}

/** Makes the engine of its ports. */
export const chat = (ports: Ports): Chat => {
  const close = async (id: ConnectionId): Promise<void> => {
    const departure = await ports.connections.close(id, instant(ports.clock.now()))
    if (!departure?.greeted) return
    const { greeted: _greeted, last, ...gone } = departure
    const { user } = gone
    if (last) {
      const rooms = await roomsOf(ports, user)
      // Who has come back meanwhile has been told of already: this would come after it.
      const isBack = (await ports.connections.online([user])).has(user)
      if (!isBack) await ports.publisher.publish([{ event: { type: 'presence-changed', user, online: false, rooms } }])
    }
    await ports.dialects[gone.dialect]?.stay?.closed?.(companyOf(ports, { id, ...gone }))
  }
  return {
    open: async (connection) => {
      const wait = ports.limits.take('user', connection.user)
      if (wait > 0) return tooMuch(wait)
      const now = ports.clock.now()
      const { leaseMs, silentLeaseMs } = ports.settings
      const lease = ports.dialects[connection.dialect]?.stay ? silentLeaseMs : leaseMs
      const { socketsPerUser } = ports.settings
      const isOpen = await ports.connections.open(connection, instant(now), instant(now + lease), socketsPerUser)
      return isOpen ? undefined : refusals.tooManySockets
    },
    begin: async (connection) => {
      const ending = await begin(ports, connection)
      if (ending) await ports.sockets.close(connection.id, ending.code, ending.message)
    },
    receive: (connection, frame) => receive(ports, connection, frame),
    close,
    deliver: async (delivery) => {
      ports.metrics.count('parley_events_total', { type: delivery.event.type })
      for (const id of await deliver(ports, delivery)) await close(id)
    },
    wake: async () => {
      for (const id of await ports.connections.expired(instant(ports.clock.now()))) {
        await ports.sockets.close(id, endings.lost.code, endings.lost.message)
        await close(id)
      }
      await endOrphans(ports)
    },
    execute: async (actor, command) => {
      const wait = actor.kind === 'user' ? ports.limits.take('user', actor.user) : 0
      return wait > 0 ? tooMuch(wait) : execute(ports, actor, command)
    },
  }
}
