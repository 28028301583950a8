import { randomUUID } from 'node:crypto'
import type { Chat, Delivery, Ports } from '@parley/core'
import type { MessageId, UserId } from '@parley/protocol'
import type { Plant } from './planted-server.ts'

/** A fault in a server, and the rule by whose breach it is to be found. */
export interface PlantedBug {
  readonly name: string
  readonly rule: string
  readonly plant: Plant
}

type Store = Ports['store']

const inStore =
  (change: (store: Store) => Partial<Store>): Plant =>
  (ports, make) => {
    const { store } = ports
    const changed = change(store)
    const both = new Proxy(store, {
      get: (target, key) => {
        const value: unknown = Reflect.get(changed, key) ?? Reflect.get(target, key)
        return typeof value === 'function' ? value.bind(target) : value
      },
    })
    return make({ ...ports, store: both })
  }

/** Does something else with what was published. */
const inDelivery =
  (deliver: (delivery: Delivery, engine: Chat, ports: Ports) => Promise<void>): Plant =>
  (ports, make) => {
    const engine = make(ports)
    return { ...engine, deliver: (delivery) => deliver(delivery, engine, ports) }
  }

const without = (isLost: (event: Delivery['event']) => boolean): Plant =>
  inDelivery(async (delivery, engine) => {
    if (!isLost(delivery.event)) await engine.deliver(delivery)
  })

/** Tells all who are connected. */
const tellAll = async (ports: Ports, frame: object): Promise<void> => {
  const ids = [...(await ports.connections.all())].map(({ id }) => id)
  await ports.sockets.send(ids, JSON.stringify(frame))
}

/** Yes, every so many times. */
const every = (times: number): (() => boolean) => {
  let count = 0
  return () => {
    count += 1
    return count % times === 0
  }
}

/** Faults such as one makes. `parley verify` has to find each of them. */
export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'acknowledges a message that it has not stored',
    rule: 'D2',
    plant: inStore((store) => {
      const isLost = every(8)
      return {
        appendMessage: async (draft) => {
          if (!isLost()) return store.appendMessage(draft)
          const { streaming: _streaming, origin: _origin, bag: _bag, ...said } = draft
          const seq = ((await store.revs([draft.room])).get(draft.room) ?? 0) + 1
          return { stored: { message: { ...said, seq, rev: seq } }, repeated: false }
        },
      }
    }),
  },
  {
    name: 'loses some events when somebody has come back',
    rule: 'S2',
    plant: (ports, make) => {
      const toLose = new Map<string, number>()
      const isLost = (id: string): boolean => {
        const left = toLose.get(id) ?? 0
        toLose.set(id, left - 1)
        return left > 0
      }
      return make({
        ...ports,
        connections: {
          ...ports.connections,
          enter: (id, rooms) => {
            toLose.set(id, 4)
            return ports.connections.enter(id, rooms)
          },
        },
        sockets: {
          ...ports.sockets,
          send: (to, frame) =>
            ports.sockets.send(frame.includes('"type":"message"') ? to.filter((id) => !isLost(id)) : to, frame),
        },
      })
    },
  },
  {
    name: 'gives a rev twice',
    rule: 'W8',
    plant: inStore((store) => ({
      changeMessage: async (room, id, change) => {
        const done = await store.changeMessage(room, id, change)
        if (typeof done !== 'object' || !done.changed || change.kind !== 'react') return done
        const { message } = done.stored
        return {
          ...done,
          stored: { ...done.stored, message: { ...message, rev: (message.rev - 1) as typeof message.rev } },
        }
      },
    })),
  },
  {
    name: 'leaves a rev out',
    rule: 'W8',
    plant: inStore((store) => {
      const isNow = every(6)
      return {
        appendMessage: async (draft) => {
          if (isNow()) {
            const { messages } = await store.history(draft.room, {}, { limit: 5, bytes: 100_000 })
            const other = messages.find(({ message }) => !message.deletedAt && !message.streaming)?.message
            const react = { kind: 'react', user: draft.from.id, emoji: '🧪' } as const
            for (const on of [true, false]) if (other) await store.changeMessage(draft.room, other.id, { ...react, on })
          }
          return store.appendMessage(draft)
        },
      }
    }),
  },
  {
    name: 'goes on telling who was removed',
    rule: 'R11',
    plant: (ports, make) => make({ ...ports, connections: { ...ports.connections, leave: async () => {} } }),
  },
  {
    name: 'tells a piece of a reply twice',
    rule: 'T2',
    plant: inDelivery(async (delivery, engine) => {
      await engine.deliver(delivery)
      const { event } = delivery
      if (event.type !== 'text-grown') return
      await engine.deliver({ ...delivery, event: { ...event, at: event.at + event.text.length } })
    }),
  },
  {
    name: 'leaves the end of a reply out',
    rule: 'D1',
    plant: inStore((store) => ({
      changeMessage: async (room, id, change) => {
        const before = change.kind === 'end' ? await store.message(room, id) : undefined
        const text = before?.message.text.slice(0, -1)
        return store.changeMessage(room, id, change.kind === 'end' && text ? { ...change, text } : change)
      },
    })),
  },
  {
    name: 'leaves a message out where a page of sync ends',
    rule: 'Y1',
    plant: inStore((store) => ({
      messagesSince: async (room, since, size) => {
        const page = await store.messagesSince(room, since, size)
        return page.more ? { ...page, messages: page.messages.slice(0, -1) } : page
      },
    })),
  },
  {
    name: 'tells history out of order',
    rule: 'Y4',
    plant: inStore((store) => ({
      history: async (room, place, size) => {
        const page = await store.history(room, place, size)
        const [last, ...others] = [...page.messages].reverse()
        return last && place.before !== undefined ? { ...page, messages: [last, ...others.reverse()] } : page
      },
    })),
  },
  {
    name: 'stores a message again that is sent again',
    rule: 'S1',
    plant: inStore((store) => ({
      appendMessage: async (draft) => {
        const done = await store.appendMessage(draft)
        if (done !== 'conflict' && done.repeated) {
          await store.appendMessage({ ...draft, id: randomUUID() as MessageId })
        }
        return done
      },
    })),
  },
  {
    name: 'refuses what is sent again',
    rule: 'S3',
    plant: inStore((store) => ({
      appendMessage: async (draft) => {
        const done = await store.appendMessage(draft)
        return done !== 'conflict' && done.repeated ? 'conflict' : done
      },
    })),
  },
  {
    name: 'changes what is said',
    rule: 'D1',
    plant: inStore((store) => ({
      appendMessage: (draft) => store.appendMessage({ ...draft, text: draft.text.replaceAll(/\s+/g, ' ') }),
    })),
  },
  {
    name: 'loses an edit to who wrote before',
    rule: 'D1',
    plant: inStore((store) => ({
      changeMessage: async (room, id, change) => {
        const before = await store.message(room, id)
        const done = await store.changeMessage(room, id, change)
        if (change.kind === 'edit' && before) {
          await store.changeMessage(room, id, { ...change, text: before.message.text })
        }
        return done
      },
    })),
  },
  {
    name: 'forgets reactions',
    rule: 'E7',
    plant: inStore((store) => ({
      changeMessage: async (room, id, change) => {
        const done = await store.changeMessage(room, id, change)
        if (change.kind === 'react' && change.on) await store.changeMessage(room, id, { ...change, on: false })
        return done
      },
    })),
  },
  {
    name: 'does not tell of edits',
    rule: 'S2',
    plant: without((event) => event.type === 'message-changed' && event.stored.message.editedAt !== undefined),
  },
  {
    name: 'tells strangers what is said',
    rule: 'V2',
    plant: inDelivery(async (delivery, engine, ports) => {
      const { event } = delivery
      await engine.deliver(delivery)
      if (event.type !== 'message-changed') return
      const { message } = event.stored
      await tellAll(ports, { type: 'message', room: event.room, rev: message.rev, message })
    }),
  },
  {
    name: 'tells strangers how far somebody has read',
    rule: 'V2',
    plant: inDelivery(async (delivery, engine, ports) => {
      const { event } = delivery
      await engine.deliver(delivery)
      if (event.type !== 'marker-moved') return
      await tellAll(ports, { type: 'read', room: event.room, user: event.user as UserId, seq: event.seq })
    }),
  },
  {
    name: 'lets strangers read private rooms',
    rule: 'V2',
    plant: inStore((store) => ({
      standing: async (room, user) => {
        const standing = await store.standing(room, user)
        if (!standing || standing.membership) return standing
        return { ...standing, room: { ...standing.room, kind: 'public' } }
      },
    })),
  },
  {
    name: 'leaves the sockets of the banned open',
    rule: 'C4',
    plant: without((event) => event.type === 'user-banned'),
  },
  {
    name: 'leaves the sockets of who has signed out open',
    rule: 'C3',
    plant: without((event) => event.type === 'session-ended'),
  },
]
