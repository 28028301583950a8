import type { SessionId } from '@parley/core'
import type { UserId } from '@parley/protocol'
import { expect, test } from 'vitest'
import { keysIn, keysOnDemand, tokensOnDemand } from './keys.ts'
import type { Answered } from './request.ts'

const kept = { tokens: 't'.repeat(43), origin: 'o'.repeat(43) }
const found: Answered = { status: 200, text: JSON.stringify({ Parameter: { Value: JSON.stringify(kept) } }) }
const failing: Answered = { status: 500, text: '{}' }

/** Keys behind a service that gives these answers, one after another, and how often it was asked. */
const keysBehind = (...answers: readonly Answered[]) => {
  let asked = 0
  const ask = async (): Promise<Answered> => answers[asked++] ?? failing
  return { keys: keysOnDemand(ask, 'https://ssm.example', '/parley/keys'), asked: () => asked }
}

test('the keys are read when they are asked for, and once', async () => {
  const { keys, asked } = keysBehind(found)
  expect(asked()).toBe(0)
  expect(await Promise.all([keys(), keys()])).toEqual([kept, kept])
  expect(await keys()).toEqual(kept)
  expect(asked()).toBe(1)
})

test('keys that could not be had are read again', async () => {
  const { keys } = keysBehind(failing, found)
  await expect(keys()).rejects.toThrow('500')
  expect(await keys()).toEqual(kept)
})

test('a token is signed with the key that is kept, and one of another key is nobody', async () => {
  const claims = { user: 'ada' as UserId, session: 'one' as SessionId, issuedAt: 1, expiresAt: 2 }
  const { keys, asked } = keysBehind(found)
  const tokens = tokensOnDemand(keys)
  expect(asked()).toBe(0)
  const token = await tokens.sign(claims)
  expect(await tokens.verify(token)).toEqual(claims)
  const others = tokensOnDemand(async () => ({ ...kept, tokens: 'u'.repeat(43) }))
  expect(await others.verify(token)).toBeUndefined()
})

test.each([
  ['sk-one\n', { PARLEY_MODEL_KEY: 'sk-one' }],
  ['{"ANTHROPIC_API_KEY":"sk-a","OTHER":"sk-b"}', { ANTHROPIC_API_KEY: 'sk-a', OTHER: 'sk-b' }],
])('the parameter %j holds %j', (text, keys) => {
  expect(keysIn(text)).toEqual(keys)
})

test('what is no text by name is refused', () => {
  expect(() => keysIn('{"ANTHROPIC_API_KEY":1}')).toThrow()
})
