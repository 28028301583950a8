import type { Self } from '@parley/protocol'
import { type Acts, createActs } from './acts.ts'
import { type Addresses, addressesOf } from './addresses.ts'
import { type Api, createApi } from './api.ts'
import { createConnection } from './connection.ts'
import { type Edges, globalEdges } from './edges.ts'
import { createEmitter, type Emitter } from './emitter.ts'
import { asParleyError, ParleyError, stopped } from './errors.ts'
import { createHealer } from './healer.ts'
import { createHearing } from './hearing.ts'
import { createMarkers } from './markers.ts'
import { createOutbox, type Outbox } from './outbox.ts'
import type { OutboxStorage } from './outbox-storage.ts'
import { pausingClock } from './pausing-clock.ts'
import { pingedRooms } from './pinged.ts'
import { createReadiness } from './readiness.ts'
import { createReply, type Reply, type ReplyOptions } from './reply.ts'
import { createRequests } from './requests.ts'
import { createRoomList } from './room-list.ts'
import { createSessionKeeper, type Session } from './session.ts'
import { dismissNote } from './state/notes.ts'
import { type ClientState, type ConnectionState, forgotten } from './state/state.ts'
import { createStore, type Store } from './store.ts'
import { createTyping } from './typing.ts'
import { createViews, type Views } from './views.ts'

/** What a client is made with. Times in milliseconds. */
export interface ClientOptions {
  /** The server's origin, like `https://chat.example`, or its addresses if its ends are at several. */
  readonly server: string | Addresses
  /** What signing in gave, see `asGuest` and `signIn`. May be given to `start` instead. */
  readonly session?: Session
  /** Where messages are kept until they are on the server; without it they do not outlive this client. */
  readonly outbox?: OutboxStorage
  /** A socket is replaced before it is so old, in milliseconds: 2 hours if left out, which is what gateways allow. */
  readonly socketLifeMs?: number
  /** Who missed more changes of a room than this begins anew with its newest messages: 500 if left out. */
  readonly maxGap?: number
  /** Replacements for what the platform has. */
  readonly edges?: Partial<Edges>
}

/** A client of one server: a state that follows the server's, and what one can do. */
export interface Client
  extends Acts,
    Views,
    Pick<Emitter, 'on'>,
    Pick<Store, 'subscribe'>,
    Pick<Outbox, 'send' | 'resend' | 'discard'> {
  /** All that is known at this moment. */
  readonly state: ClientState
  /**
   * Connects, and stays connected until `stop`: what is lost is tried again, also the first time.
   * @returns who one is, when it was greeted
   * @throws ParleyError when it ends before that: `signed_out`, `banned`, `forbidden`, `stopped`
   */
  start(session?: Session): Promise<Self>
  /** Disconnects. What is in the outbox waits for the next start. */
  stop(): void
  /** Ends the session on the server, disconnects, and forgets everything, the outbox too. */
  signOut(): Promise<void>
  /** Moves the own read marker: everything up to a seq was read, or up to the newest message that is held. */
  read(room: string, seq?: number): void
  /** For bots: begins to say something bit by bit, until its `end`. */
  reply(room: string, options?: ReplyOptions): Reply
  /** One is writing: to be called at every keystroke. */
  typing(room: string): void
  /** Puts a note away. */
  dismiss(room: string, id: string): void
  /** Says that the connection may have died or may work again; pages and their networks are watched without it. */
  wake(): void
  /** Opens a new socket in place of the present one; nothing is lost or doubled by it. Happens by itself in time. */
  renewSocket(): void
  /** Calls an end point of the HTTP API with the session's token. @throws ParleyError */
  readonly call: Api
}

const twoHoursMs = 2 * 60 * 60_000

/** Makes a client of one server. It does nothing before `start`. */
export const createClient = (options: ClientOptions): Client => {
  const { server, outbox: storage, socketLifeMs: lifeMs = twoHoursMs, maxGap = 500 } = options
  const given: Edges = { ...globalEdges(), ...options.edges }
  const clock = pausingClock(given.clock)
  const edges: Edges = { ...given, clock }
  const { api: base, socket } = addressesOf(server)

  const store = createStore()
  const { on, emit } = createEmitter()
  const readiness = createReadiness()
  const reportError = (error: unknown): void => emit({ name: 'error', event: asParleyError(error) })

  const api = createApi(base, given)
  const session = createSessionKeeper({
    ...edges,
    api,
    first: options.session,
    renewed: (next) => emit({ name: 'session', event: next }),
    ended: (why) => end(why),
  })
  const link = () => connection.link()
  const isOnline = () => connection.link() !== undefined
  const noLink = (): ParleyError | undefined => {
    const { connection: now } = store.get()
    if (now.status === 'ended') return now.reason
    return now.status === 'idle' ? stopped() : undefined
  }
  const requests = createRequests({ ...edges, link, noLink })
  const outbox = createOutbox({ ...edges, store, storage, link, emit })
  const typing = createTyping({ ...edges, store, link })
  const hear = createHearing({ clock, store, outbox, typing, emit, maxGap })
  const roomList = createRoomList({ api, session, store, emit, maxGap })
  const healer = createHealer({ ...edges, store, requests, isOnline, roomList })
  const markers = createMarkers({ ...edges, store, requests, isOnline })

  const changed = (now: ConnectionState): void => {
    store.update((state) => ({ ...state, connection: now }))
    emit({ name: 'connection', event: now })
    if (now.status !== 'idle' && now.status !== 'ended') return
    const why = now.status === 'ended' ? now.reason : stopped()
    clock.pause()
    unhook()
    requests.giveUp(why)
    readiness.failed(why)
  }
  const connection = createConnection({
    ...edges,
    lifeMs,
    address: async () => {
      const { ticket } = await session.withToken((token) => api('POST /api/tickets', { token }))
      return `${socket}?ticket=${encodeURIComponent(ticket)}`
    },
    pinged: pingedRooms(store.get),
    changed,
    heard: hear,
    online(now) {
      const { me } = store.get()
      if (me) readiness.ready(me)
      requests.proceed(now)
      outbox.pump()
      markers.flush()
      healer.lookNow()
    },
  })
  const end = (why?: ParleyError): void => connection.stop(why)
  let unhook = () => {}
  store.subscribe(healer.look)

  return {
    get state() {
      return store.get()
    },
    subscribe: store.subscribe,
    on,
    start(next) {
      if (next) end()
      const user = session.begin(next)
      if (user) outbox.begin(user.id)
      clock.resume()
      unhook()
      unhook = edges.onWake(connection.wake)
      connection.start()
      return readiness.next()
    },
    stop: () => end(),
    async signOut() {
      await session.withToken((token) => api('POST /api/logout', { token })).catch(reportError)
      outbox.clear()
      end(new ParleyError('signed_out', 'Signed out.'))
      store.update(forgotten)
    },
    ...createActs(requests),
    ...createViews({ store, requests, healer }),
    send: outbox.send,
    resend: outbox.resend,
    discard: outbox.discard,
    read: markers.read,
    reply: (room, options) => createReply({ ...edges, requests, on }, room, options),
    typing: typing.say,
    dismiss: (room, id) => store.update((state) => dismissNote(state, room, id)),
    wake: connection.wake,
    renewSocket: connection.renew,
    call: (name, request) => session.withToken((token) => api(name, { ...request, token })),
  }
}
