import type { SessionId } from '@parley/core'
import { expect, test } from 'vitest'
import { promptTokens } from './prompt-token.ts'

const key = new Uint8Array(32).fill(1)
const session = '00000001-0000-4000-8000-000000000001' as SessionId
const partsOf = (token: string) =>
  token
    .split('.')
    .slice(0, 2)
    .map((part) => JSON.parse(Buffer.from(part, 'base64url').toString()))

test('a token is a JWT for a day, with the name and the session', async () => {
  const token = await promptTokens(key, () => 1_000_500).sign('Eve', session)
  expect(partsOf(token)).toEqual([
    { alg: 'HS256', typ: 'JWT' },
    { username: 'Eve', iat: 1_000, exp: 87_400, sid: session },
  ])
})

test('it holds until its day is over, by the same key only, and not when it was changed', async () => {
  let now = 1_000_000
  const tokens = promptTokens(key, () => now)
  const token = await tokens.sign('Eve', session)
  expect(await tokens.verify(token)).toBe(session)
  expect(await promptTokens(new Uint8Array(32).fill(2), () => now).verify(token)).toBeUndefined()
  const [head, , signature] = token.split('.')
  const body = Buffer.from(JSON.stringify({ ...partsOf(token)[1], sid: 'another' })).toString('base64url')
  expect(await tokens.verify(`${head}.${body}.${signature}`)).toBeUndefined()
  const none = Buffer.from('{"alg":"none","typ":"JWT"}').toString('base64url')
  expect(await tokens.verify(`${none}.${token.split('.')[1]}.`)).toBeUndefined()
  expect(await tokens.verify('')).toBeUndefined()
  now += 86_400_000
  expect(await tokens.verify(token)).toBeUndefined()
})
