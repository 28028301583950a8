import type { Client } from '@parley/client'

export interface PasswordLink {
  readonly link: string
  readonly expiresAt: string
}

/**
 * Makes a link by which somebody chooses a password and is signed in. What it carries stands after the `#`, so that no
 * server's log has it.
 * @throws ParleyError
 */
export const passwordLink = async (client: Client, user: string): Promise<PasswordLink> => {
  const { secret, expiresAt } = await client.call('POST /api/accounts/{user}/password-link', { params: { user } })
  return { link: `${location.origin}/password#${encodeURIComponent(secret)}`, expiresAt }
}

/** A password that nobody knows, until the link is used: 32 random bytes, in hexadecimal. */
export const unknownPassword = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(32)), (byte) => byte.toString(16).padStart(2, '0')).join('')
