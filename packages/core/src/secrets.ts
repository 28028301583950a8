import { timingSafeEqual } from 'node:crypto'

/** What is kept of a secret, so that who reads the storage cannot use it. */
export const digestOf = async (secret: string): Promise<string> =>
  Buffer.from(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(secret))).toString('base64url')

/** Whether two digests are the same, in a time that tells nothing. */
export const isSame = (one: string, other: string): boolean =>
  one.length === other.length && timingSafeEqual(Buffer.from(one), Buffer.from(other))
