import { SignJWT } from 'jose/jwt/sign'
import { jwtVerify } from 'jose/jwt/verify'
import type { Tokens } from '../ports/environment.ts'

const audience = 'parley'

/**
 * Tokens as JWT, HS256, for the audience `parley`. Whether one has expired is for the caller to say, by its clock.
 * @param key at least 32 bytes
 */
export const joseTokens = (key: Uint8Array): Tokens => ({
  sign: ({ user, session, issuedAt, expiresAt }) =>
    new SignJWT({ sid: session })
      .setProtectedHeader({ alg: 'HS256' })
      .setSubject(user)
      .setAudience(audience)
      .setIssuedAt(issuedAt)
      .setExpirationTime(expiresAt)
      .sign(key),
  verify: async (token) => {
    try {
      const { payload } = await jwtVerify(token, key, { algorithms: ['HS256'], audience, currentDate: new Date(0) })
      const { sub: user, sid: session, iat: issuedAt, exp: expiresAt } = payload
      if (typeof user !== 'string' || typeof session !== 'string') return undefined
      if (issuedAt === undefined || expiresAt === undefined) return undefined
      return { user, session, issuedAt, expiresAt }
    } catch {
      return undefined
    }
  },
})
