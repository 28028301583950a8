/** The closed set of reasons for a refusal, each with the HTTP status that goes with it. */
export const errorStatus = {
  bad_request: 400,
  unknown_action: 400,
  unauthorized: 401,
  forbidden: 403,
  not_found: 404,
  conflict: 409,
  too_large: 413,
  rate_limited: 429,
  internal: 500,
  unavailable: 503,
} as const

/** The code of a refusal. */
export type ErrorCode = keyof typeof errorStatus

/** Why a server closes a socket. */
export const closeCodes = {
  goingAway: 1001,
  notText: 1003,
  tooLarge: 1009,
  slowReader: 1013,
  signedOut: 4401,
  banned: 4403,
  tooMany: 4429,
} as const
/** After these a client does not come back by itself. */
export const fatalCloseCodes: readonly number[] = [closeCodes.signedOut, closeCodes.banned]
