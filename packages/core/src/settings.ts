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
  /** How often a client shall ping; told in `welcome`. */
  readonly heartbeatMs: number
  readonly smallRoomConnections: number
  readonly readReceiptMembers: number
}

const second = 1000
const day = 24 * 60 * 60 * second

export const defaultSettings: Settings = {
  tokenMs: day,
  sessionMs: 30 * day,
  ticketMs: 30 * second,
  leaseMs: 90 * second,
  heartbeatMs: 30 * second,
  smallRoomConnections: limits.smallRoomConnections,
  readReceiptMembers: limits.readReceiptMembers,
}
