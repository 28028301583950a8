import type { SessionId } from '@parley/core'
import { sign, verify } from 'hono/jwt'
import { z } from 'zod'

/** What a token says. Times in seconds since 1970. */
const Claims = z.object({ username: z.string(), sid: z.string(), iat: z.int(), exp: z.int() })

const lastsSeconds = 86_400

/** A key that follows from that of the server and tells nothing of it: what it signs is worth nothing elsewhere. */
const derived = async (key: Uint8Array): Promise<string> => {
  const base = await crypto.subtle.importKey('raw', Uint8Array.from(key), 'HKDF', false, ['deriveBits'])
  const info = new TextEncoder().encode('parley compat prompt')
  const how = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(32), info }
  return Buffer.from(await crypto.subtle.deriveBits(how, base, 256)).toString('base64url')
}

/** The tokens of `prompt`: JWT, HS256, for a day. */
export interface PromptTokens {
  sign(username: string, session: SessionId): Promise<string>
  /** The session of a token that holds; undefined for anything else. */
  verify(token: string): Promise<SessionId | undefined>
}

/** @param now milliseconds since 1970 */
export const promptTokens = (key: Uint8Array, now: () => number): PromptTokens => {
  let made: Promise<string> | undefined
  const own = (): Promise<string> => {
    made ??= derived(key)
    return made
  }
  return {
    sign: async (username, session) => {
      const iat = Math.floor(now() / 1000)
      return sign({ username, iat, exp: iat + lastsSeconds, sid: session }, await own(), 'HS256')
    },
    verify: async (token) => {
      try {
        const payload = await verify(token, await own(), { alg: 'HS256', exp: false, iat: false, nbf: false })
        const claims = Claims.safeParse(payload)
        return claims.success && claims.data.exp * 1000 > now() ? (claims.data.sid as SessionId) : undefined
      } catch {
        return undefined
      }
    },
  }
}
