import { type JWTPayload, SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import { joseTokens } from './jose-tokens.ts'

const key = new Uint8Array(32).fill(1)
const tokens = joseTokens(key)
const claims = { user: 'somebody', session: 'a session', issuedAt: 1_700_000_000, expiresAt: 1_700_086_400 }

const signed = (change: (jwt: SignJWT) => SignJWT, by: Uint8Array = key, alg = 'HS256') =>
  change(
    new SignJWT({ sid: claims.session })
      .setProtectedHeader({ alg })
      .setSubject(claims.user)
      .setAudience('parley')
      .setIssuedAt(claims.issuedAt)
      .setExpirationTime(claims.expiresAt),
  ).sign(by)

describe('tokens', () => {
  test('what was signed here is understood, expired or not', async () => {
    expect(await tokens.verify(await tokens.sign(claims))).toStrictEqual(claims)
    const old = { ...claims, issuedAt: 1, expiresAt: 2 }
    expect(await tokens.verify(await tokens.sign(old))).toStrictEqual(old)
    expect(await tokens.verify(await signed((jwt) => jwt))).toStrictEqual(claims)
  })

  test('[H4] another key', async () => {
    expect(await tokens.verify(await joseTokens(new Uint8Array(32).fill(2)).sign(claims))).toBeUndefined()
  })

  test('[H4] no signature at all', async () => {
    const unsecured = new UnsecuredJWT({ sid: claims.session })
      .setSubject(claims.user)
      .setAudience('parley')
      .setIssuedAt(claims.issuedAt)
      .setExpirationTime(claims.expiresAt)
      .encode()
    expect(await tokens.verify(unsecured)).toBeUndefined()
    const [, payload] = (await tokens.sign(claims)).split('.')
    expect(await tokens.verify(`${unsecured.split('.')[0]}.${payload}.`)).toBeUndefined()
  })

  test('[H4] another algorithm by the same key', async () => {
    const long = new Uint8Array(64).fill(1)
    expect(await joseTokens(long).verify(await signed((jwt) => jwt, long))).toStrictEqual(claims)
    expect(await joseTokens(long).verify(await signed((jwt) => jwt, long, 'HS512'))).toBeUndefined()
  })

  test('[H4] another audience', async () => {
    expect(await tokens.verify(await signed((jwt) => jwt.setAudience('another')))).toBeUndefined()
  })

  test.each([
    { sub: undefined },
    { sub: 5 },
    { sid: undefined },
    { sid: 5 },
    { iat: undefined },
    { iat: 'yesterday' },
    { exp: undefined },
    { exp: 'tomorrow' },
    { aud: undefined },
  ])('[H4] claims with %o', async (change) => {
    const payload = { sub: 'somebody', sid: 'a session', aud: 'parley', iat: 1, exp: 2, ...change } as JWTPayload
    const token = await new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(key)
    expect(await tokens.verify(token)).toBeUndefined()
  })

  test.each(['', '.', '..', 'a.b.c', '{}', 'eyJhbGciOiJub25lIn0.e30.'])('[H4] the text %j', async (text) => {
    expect(await tokens.verify(text)).toBeUndefined()
  })
})
