import type { ConnectionId, Message } from '@parley/protocol'
import type { Delivery, Event } from '../../events.ts'
import type { Ports } from '../../ports/ports.ts'
import type { StoredMessage } from '../../ports/records.ts'
import type { Store } from '../../ports/store.ts'
import type { Fault } from './play.ts'

type Change = (message: Message) => Message

/** A store whose messages look different from outside, wherever they come out. */
const disguised = (store: Store, change: Change): Store => {
  const seen = (stored: StoredMessage): StoredMessage => ({ ...stored, message: change(stored.message) })
  return {
    ...store,
    appendMessage: async (draft) => {
      const answer = await store.appendMessage(draft)
      return answer === 'conflict' ? answer : { ...answer, stored: seen(answer.stored) }
    },
    changeMessage: async (room, id, wanted) => {
      const answer = await store.changeMessage(room, id, wanted)
      return typeof answer === 'string' ? answer : { ...answer, stored: seen(answer.stored) }
    },
    message: async (room, id) => {
      const stored = await store.message(room, id)
      return stored && seen(stored)
    },
    messagesSince: async (room, since, size) => {
      const page = await store.messagesSince(room, since, size)
      return { ...page, messages: page.messages.map(seen) }
    },
    history: async (room, place, size) => {
      const page = await store.history(room, place, size)
      return { ...page, messages: page.messages.map(seen) }
    },
  }
}

/** A publisher that changes what it publishes; undefined: it is lost. */
const published = ({ publisher }: Ports, change: (delivery: Delivery) => Delivery | undefined): Partial<Ports> => ({
  publisher: { publish: (deliveries) => publisher.publish(deliveries.flatMap((one) => change(one) ?? [])) },
})

const without = (type: Event['type']) => (ports: Ports) =>
  published(ports, (delivery) => (delivery.event.type === type ? undefined : delivery))

/** A publisher that changes the messages it tells of. */
const told = (change: Change) => (ports: Ports) =>
  published(ports, (delivery) => {
    const { event } = delivery
    if (event.type !== 'message-changed') return delivery
    return { ...delivery, event: { ...event, stored: { message: change(event.stored.message) } } }
  })

/** A publisher that changes the pieces of replies that it tells. */
const grown = (change: (piece: Extract<Event, { type: 'text-grown' }>) => Event) => (ports: Ports) =>
  published(ports, (delivery) =>
    delivery.event.type === 'text-grown' ? { ...delivery, event: change(delivery.event) } : delivery,
  )

const storing =
  (change: (store: Store) => Partial<Store>) =>
  ({ store }: Ports): Partial<Ports> => ({ store: { ...store, ...change(store) } })

const swapped: Readonly<Record<number, number>> = { 2: 3, 3: 2 }

const storedTwice = ({ store }: Ports): Partial<Ports> => {
  const twin = (id: string): Message['id'] => id.replace(/^0000/, 'ffff') as Message['id']
  const original = (id: string): Message['id'] => id.replace(/^ffff/, '0000') as Message['id']
  const doubling: Store = {
    ...store,
    appendMessage: async (draft) => {
      const answer = await store.appendMessage(draft)
      if (answer === 'conflict' || !answer.repeated) return answer
      return store.appendMessage({ ...draft, id: twin(draft.id) })
    },
  }
  return { store: disguised(doubling, (message) => ({ ...message, id: original(message.id) })) }
}

const firstFrameLost = ({ connections, sockets }: Ports): Partial<Ports> => {
  const fresh = new Set<ConnectionId>()
  return {
    connections: {
      ...connections,
      enter: (id, rooms) => {
        fresh.add(id)
        return connections.enter(id, rooms)
      },
    },
    sockets: {
      ...sockets,
      send: (to, frame) => {
        const lost = frame.startsWith('{"type":"message"') ? to.filter((id) => fresh.delete(id)) : []
        return sockets.send(
          to.filter((id) => !lost.includes(id)),
          frame,
        )
      },
    },
  }
}

const wrongSkip = (ports: Ports): Partial<Ports> => {
  const opened: ConnectionId[] = []
  const next = (id: ConnectionId) => opened[(opened.indexOf(id) + 1) % opened.length] as ConnectionId
  return {
    ...published(ports, (delivery) => (delivery.skip ? { ...delivery, skip: next(delivery.skip) } : delivery)),
    connections: {
      ...ports.connections,
      open: (connection, ...times) => {
        opened.push(connection.id)
        return ports.connections.open(connection, ...times)
      },
    },
  }
}

/** Faults as they are made, each planted from outside, that the property must find. */
export const faults: Readonly<Record<string, Fault>> = {
  'a sync loses a message': {
    ports: storing((store) => ({
      messagesSince: async (...asked) => {
        const page = await store.messagesSince(...asked)
        return { ...page, messages: page.messages.slice(page.messages.length > 1 ? 1 : 0) }
      },
    })),
  },
  'two revs are swapped': {
    ports: ({ store }) => ({
      store: disguised(store, (message) => ({ ...message, rev: swapped[message.rev] ?? message.rev })),
    }),
  },
  'a rev is given twice': {
    ports: ({ store }) => ({
      store: disguised(store, (message) => (message.rev === 2 ? { ...message, rev: 1 } : message)),
    }),
  },
  'a frame is lost after a reconnect': { ports: firstFrameLost },
  'a removed member goes on hearing the room': {
    ports: ({ connections }) => ({ connections: { ...connections, leave: async () => {} } }),
  },
  'everybody hears every room': {
    ports: ({ connections }) => ({ connections: { ...connections, inRoom: () => connections.all() } }),
  },
  'the wrong connection is skipped': { ports: wrongSkip },
  'a marker is forgotten': { ports: storing(() => ({ moveMarker: async (_room, _user, seq) => seq })) },
  'a repeated send is stored twice': { ports: storedTwice },
  'a sync says too early that there is no more': {
    ports: storing((store) => ({
      messagesSince: async (room, ...asked) => {
        const page = await store.messagesSince(room, ...asked)
        return { ...page, more: false, rev: (await store.revs([room])).get(room) ?? 0 }
      },
    })),
  },
  'a reaction is lost on its way': { ports: told(({ reactions: _, ...message }) => message) },
  'a piece of a reply is told from too early on': {
    ports: grown((piece) => ({ ...piece, at: Math.max(0, piece.at - 1) })),
  },
  'a piece of a reply is told with an earlier rev': { ports: grown((piece) => ({ ...piece, rev: piece.rev - 1 })) },
  'a reply that begins anew is told with its old text': {
    ports: told((message) =>
      message.streaming && message.rev > message.seq ? { ...message, text: 'of old' } : message,
    ),
  },
  'the store forgets a piece of a reply': {
    ports: storing((store) => ({
      growMessage: async (room, id, growth) => {
        const stored = await store.message(room, id)
        const isOver = (stored?.message.text.length ?? 0) > 20
        return isOver && stored ? stored : store.growMessage(room, id, growth)
      },
    })),
  },
  'an edit takes no rev': {
    ports: told((message) => (message.editedAt ? { ...message, rev: message.seq } : message)),
  },
  'a deletion is told with the text': {
    ports: told((message) => (message.deletedAt ? { ...message, text: 'still here' } : message)),
  },
  'history forgets the oldest of a page': {
    ports: storing((store) => ({
      history: async (...asked) => {
        const page = await store.history(...asked)
        return { ...page, messages: page.messages.slice(1) }
      },
    })),
  },
  'nobody is told left': { ports: without('room-left') },
  'an invitation is not told': { ports: without('room-joined') },
  'who comes and goes is not told': { ports: without('members-changed') },
  'a new topic is not told': { ports: without('room-changed') },
  'a new name is not told': { ports: without('user-renamed') },
  'every third event is lost': {
    engine: (chat) => {
      let count = 0
      const deliver = async (delivery: Delivery): Promise<void> => {
        count += 1
        if (count % 3 !== 0) await chat.deliver(delivery)
      }
      return { ...chat, deliver }
    },
  },
}
