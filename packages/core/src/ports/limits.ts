/**
 * What is limited. Each has its own rate; a host scales or lifts them all. `frame` and `user` count what a connection and
 * a user send, `flood` what a connection goes on sending after it was refused.
 */
export type LimitedAct = 'frame' | 'user' | 'flood' | 'login-address' | 'login-account' | 'guest' | 'room'

/** Rates, as token buckets, per connection, user, account or address. Kept in memory: a limit is a brake, not a ledger. */
export interface Limits {
  /** Takes one token of `key`: 0, or the whole seconds after which one will be there. */
  take(act: LimitedAct, key: string): number
}
