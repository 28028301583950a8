import type { Message, MessageId, RoomId } from '@parley/protocol'
import { limits } from '@parley/protocol/limits'
import { backOffMs } from './back-off.ts'
import type { Edges } from './edges.ts'
import { asParleyError, ParleyError, type ParleyErrorCode } from './errors.ts'
import { keptOutbox } from './kept-outbox.ts'
import type { Link } from './link.ts'
import type { OutboxStorage } from './outbox-storage.ts'
import type { Happening } from './state/events.ts'
import { enqueue, outgoingOf, withdraw } from './state/outgoing.ts'
import type { Outgoing } from './state/state.ts'
import type { Store } from './store.ts'

/** A message that was handed over to be sent. */
export interface Sending {
  readonly id: MessageId
  /**
   * The message as it is stored. Waits as long as it takes; rejects with a `ParleyError` when it is refused or
   * discarded. It need not be awaited.
   */
  readonly stored: Promise<Message>
}

/**
 * Messages on their way. In each room one at a time is sent, in the order of writing, again and again under the same id
 * until the server answers: so each is stored once, and in order.
 */
export interface Outbox {
  send(room: string, text: string, replyTo?: string): Sending
  /** Sends a failed message after all, as the last of its room. Undefined if there is none of this id. */
  resend(room: string, id: string): Sending | undefined
  /** Gives a message up. If it was under way it may arrive all the same. */
  discard(room: string, id: string): void
  /** Whose messages these are: brings back what was kept. */
  begin(user: string): void
  /** Sends what can be sent: a link is there. */
  pump(): void
  /** Messages were told as stored and are out of the state. */
  settled(before: ReadonlyMap<string, readonly Outgoing[]>, messages: readonly Message[]): void
  /** Forgets everything, also what is kept. */
  clear(): void
}

interface Options extends Pick<Edges, 'clock' | 'random' | 'uuid'> {
  readonly store: Store
  readonly storage: OutboxStorage | undefined
  readonly link: () => Link | undefined
  readonly emit: (happening: Happening) => void
}

interface Waiter {
  readonly resolve: (message: Message) => void
  readonly reject: (error: ParleyError) => void
}

/** Not the server's word on a message, but what befell the connection: the next one says it again. */
const unanswered: readonly ParleyErrorCode[] = ['disconnected', 'timeout', 'signed_out', 'banned', 'stopped']

/** So often in a row a message is tried that ends in a fault of the server; other hindrances are waited out. */
const mostFaults = 5

export const createOutbox = ({ clock, random, uuid, store, storage, link, emit }: Options): Outbox => {
  const kept = keptOutbox(storage, (error) => emit({ name: 'error', event: asParleyError(error) }))
  const waiters = new Map<string, Waiter>()
  /** Rooms in which a message is under way, or that pause before the next attempt. */
  const busy = new Set<string>()
  const attempts = new Map<string, number>()
  let user: string | undefined
  let isLoaded = false
  let latest = 0

  const nextTime = (): number => {
    latest = Math.max(latest + 1, clock.now())
    return latest
  }
  const all = (): readonly Outgoing[] => [...store.get().outbox.values()].flat()

  const put = (outgoing: Outgoing): void => {
    store.update((state) => enqueue(state, outgoing))
    if (user !== undefined) kept.put(user, outgoing)
  }
  const take = (outgoing: Outgoing): Waiter | undefined => {
    store.update((state) => withdraw(state, outgoing.room, outgoing.id))
    if (user !== undefined) kept.remove(user, outgoing)
    attempts.delete(outgoing.id)
    const waiter = waiters.get(outgoing.id)
    waiters.delete(outgoing.id)
    return waiter
  }
  const fail = (outgoing: Outgoing, error: ParleyError): void => {
    const waiter = waiters.get(outgoing.id)
    waiters.delete(outgoing.id)
    attempts.delete(outgoing.id)
    const failed = { ...outgoing, failed: error }
    put(failed)
    waiter?.reject(error)
    emit({ name: 'failed', event: { outgoing: failed } })
  }
  /** Says how long to pause before the next attempt in the room, in milliseconds. */
  const afterRefusal = (outgoing: Outgoing, error: ParleyError): number => {
    if (!outgoingOf(store.get(), outgoing.room, outgoing.id)) return 0
    if (unanswered.includes(error.code)) return 0
    const attempt = (attempts.get(outgoing.id) ?? 0) + 1
    const isHopeless = error.retry === null || (error.code === 'internal' && attempt >= mostFaults)
    if (isHopeless) {
      fail(outgoing, error)
      return 0
    }
    attempts.set(outgoing.id, attempt)
    return (error.retry ?? 0) * 1000 + backOffMs(attempt - 1, random)
  }
  const attempt = async (outgoing: Outgoing, over: Link): Promise<void> => {
    const { id, room, text, replyTo } = outgoing
    let pauseMs = 0
    try {
      if (text.length > limits.textUnits) throw new ParleyError('too_large', 'A message has at most 10,000 characters.')
      await over.ask({ action: 'send', id, room, text, ...(replyTo && { replyTo }) })
    } catch (error) {
      pauseMs = afterRefusal(outgoing, asParleyError(error))
    }
    const goOn = () => {
      busy.delete(room)
      pump()
    }
    if (pauseMs > 0) clock.after(pauseMs, goOn)
    else goOn()
  }
  const pump = (): void => {
    const over = link()
    if (!over || !isLoaded) return
    for (const room of store.get().outbox.keys()) {
      const next = busy.has(room)
        ? undefined
        : store
            .get()
            .outbox.get(room)
            ?.find(({ failed }) => !failed)
      if (!next) continue
      busy.add(room)
      attempt(next, over)
    }
  }
  /** What was written while the kept ones were being read comes after them. */
  const load = async (owner: string): Promise<void> => {
    const loaded = await kept.load(owner)
    if (owner !== user) return
    const written = all()
    store.together(() => {
      for (const outgoing of loaded) {
        latest = Math.max(latest, outgoing.writtenAt)
        store.update((state) => enqueue(state, outgoing))
      }
      for (const outgoing of written) put({ ...outgoing, writtenAt: nextTime() })
    })
    isLoaded = true
    pump()
  }
  const hand = (what: Omit<Outgoing, 'writtenAt'>): Sending => {
    const { promise, resolve, reject } = Promise.withResolvers<Message>()
    promise.catch(() => {})
    waiters.set(what.id, { resolve, reject })
    put({ ...what, writtenAt: nextTime() })
    pump()
    return { id: what.id, stored: promise }
  }
  return {
    send: (room, text, replyTo) =>
      hand({
        id: uuid() as MessageId,
        room: room as RoomId,
        text,
        ...(replyTo !== undefined && { replyTo: replyTo as MessageId }),
      }),
    resend(room, id) {
      const outgoing = outgoingOf(store.get(), room, id)
      if (!outgoing?.failed) return undefined
      const { failed, ...again } = outgoing
      if (failed.code !== 'conflict') return hand(again)
      take(outgoing)
      return hand({ ...again, id: uuid() as MessageId })
    },
    discard(room, id) {
      const outgoing = outgoingOf(store.get(), room, id)
      if (outgoing) take(outgoing)?.reject(new ParleyError('discarded', 'The message was discarded.'))
    },
    begin(owner) {
      if (owner === user) return
      if (user !== undefined) {
        store.update((state) => ({ ...state, outbox: new Map() }))
        for (const { reject } of waiters.values()) reject(new ParleyError('stopped', 'Somebody else signed in.'))
        waiters.clear()
      }
      user = owner
      isLoaded = false
      for (const outgoing of all()) kept.put(owner, outgoing)
      load(owner)
    },
    pump,
    settled(before, messages) {
      for (const message of messages) {
        const outgoing = before.get(message.room)?.find(({ id }) => id === message.id)
        if (!outgoing || outgoingOf(store.get(), message.room, message.id)) continue
        take(outgoing)?.resolve(message)
        emit({ name: 'sent', event: { outgoing, message } })
      }
    },
    clear() {
      for (const outgoing of all()) take(outgoing)?.reject(new ParleyError('discarded', 'Signed out.'))
    },
  }
}
