import { limits } from '@parley/protocol'

/** What the engine is set to. Times in milliseconds. */
export interface Settings {
  /** How long a token is good for. */
  readonly tokenMs: number
  /** How long a session lasts from its last renewal. */
  readonly sessionMs: number
  readonly ticketMs: number
  /** How long a connection counts as alive without a sign of life. */
  readonly leaseMs: number
  /** The same for those whose clients say nothing of their own accord: for hosts that see no sign of life of them. */
  readonly silentLeaseMs: number
  /** How often a client shall ping; told in `welcome`. */
  readonly heartbeatMs: number
  /** How long a reply counts as being made without a sign of life of its maker. */
  readonly streamLeaseMs: number
  /** How long after that a reply is ended as interrupted, if nobody has taken it up. */
  readonly orphanMs: number
  /** How long a bot's token is good for. */
  readonly botTokenMs: number
  /** How long a link by which somebody chooses a password is good for. */
  readonly linkMs: number
  /** Tokens of models that one person, and one room, may use on a day of UTC; null: any number. */
  readonly budget: { readonly person: number | null; readonly room: number | null }
  /** Connections that one user may have open at a time; hosts that count them themselves say infinitely many. */
  readonly socketsPerUser: number
  readonly smallRoomConnections: number
  readonly readReceiptMembers: number
}

const second = 1000
const day = 24 * 60 * 60 * second

/** What goes where a runtime says nothing else. */
export const defaultSettings: Settings = {
  tokenMs: day,
  sessionMs: 30 * day,
  ticketMs: 30 * second,
  leaseMs: 90 * second,
  silentLeaseMs: 90 * second,
  heartbeatMs: 30 * second,
  streamLeaseMs: 20 * second,
  orphanMs: 15 * second,
  botTokenMs: 365 * day,
  linkMs: 3 * day,
  budget: { person: 200_000, room: 1_000_000 },
  socketsPerUser: Number.POSITIVE_INFINITY,
  smallRoomConnections: limits.smallRoomConnections,
  readReceiptMembers: limits.readReceiptMembers,
}
