export type {
  Account,
  Broadcast,
  Ended,
  EndpointName,
  ErrorCode,
  Member,
  Message,
  Room,
  RoomBot,
  RoomBotChange,
  RoomKind,
  RoomRole,
  SeenUser,
  Self,
  ServerRole,
  User,
} from '@parley/protocol'
export type { Acts } from './acts.ts'
export type { Addresses } from './addresses.ts'
export type { Api, ApiRequest } from './api.ts'
export { type Client, type ClientOptions, createClient } from './client.ts'
export { type Clock, type Edges, globalEdges, type Socket, type SocketEvents, type Transport } from './edges.ts'
export { isParleyError, ParleyError, type ParleyErrorCode } from './errors.ts'
export type { Sending } from './outbox.ts'
export { type OutboxStorage, type StoredOutgoing, type WebStorage, webOutbox } from './outbox-storage.ts'
export type { Reply, ReplyOptions } from './reply.ts'
export type { Session } from './session.ts'
export { asGuest, signIn } from './sign-in.ts'
export type { EventName, Events } from './state/events.ts'
export type { ClientState, ConnectionState, Note, Outgoing, RoomMember, RoomState } from './state/state.ts'
export type { Views } from './views.ts'
