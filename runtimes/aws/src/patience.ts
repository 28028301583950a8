const minute = 60_000

/**
 * How long whoever is connected may be silent. Each sign of life is a function that runs and a lease that is written, and
 * a lease that has ended is copied anew into all rooms that somebody speaks in: at the half minute of one machine they
 * would be the greatest part of what a chat costs. API Gateway itself gives up a silent socket after ten minutes.
 */
export const patience = {
  heartbeatMs: 4 * minute,
  leaseMs: 13 * minute,
  /** Clients of other systems give no sign of their own accord: they last as long as API Gateway lets any socket. */
  silentLeaseMs: 125 * minute,
} as const
