import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { collect } from '../testing/collect.ts'
import { bedrockError, bedrockException, bedrockStream } from '../testing/fake-bedrock.ts'
import { type Answer, type FakeServer, fakeServer } from '../testing/fake-server.ts'
import { handTimers } from '../testing/hand-timers.ts'
import { type BedrockOptions, bedrock } from './bedrock.ts'

let server: FakeServer
beforeAll(async () => {
  server = await fakeServer(bedrockStream([]))
})
afterAll(() => server.close())

const credentials = async () => ({
  accessKeyId: 'AKIDEXAMPLE',
  secretAccessKey: 'very-secret',
  sessionToken: 'session',
})
const answering = (answer: Answer, options: Partial<BedrockOptions> = { credentials }) => {
  server.answer(answer)
  const guard = { fetch, timers: handTimers(), stallMs: 60_000 }
  return bedrock({ region: 'eu-central-1', model: 'amazon.fake-v1:0', url: server.origin, ...guard, ...options })
}

describe('a reply of Bedrock', () => {
  test('is asked for as Converse takes it, signed', async () => {
    await collect(answering(bedrockStream(['Hi'])), {
      messages: [
        { role: 'system', text: 'You are kind.' },
        { role: 'user', text: 'Ann: hello' },
      ],
      parameters: { maxTokens: 64, temperature: 0.2 },
    })
    const asked = server.asked.at(-1)
    expect(asked?.path).toBe('/model/amazon.fake-v1%3A0/converse-stream')
    expect(asked?.headers.authorization).toMatch(
      /^AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE\/\d{8}\/eu-central-1\/bedrock\//,
    )
    expect(asked?.headers['x-amz-security-token']).toBe('session')
    expect(asked?.body).toMatchObject({
      system: [{ text: 'You are kind.' }],
      messages: [{ role: 'user', content: [{ text: 'Ann: hello' }] }],
      inferenceConfig: { maxTokens: 64, temperature: 0.2 },
    })
  })

  test('is asked for with a key where there is one', async () => {
    await collect(answering(bedrockStream(['Hi']), { key: 'bedrock-key' }))
    expect(server.asked.at(-1)?.headers.authorization).toBe('Bearer bedrock-key')
  })

  test('comes text by text and ends with its reason and usage', async () => {
    const heard = await collect(answering(bedrockStream(['Hel', 'lo'])))
    expect(heard.texts).toEqual(['Hel', 'lo'])
    expect(heard.end).toEqual({ type: 'end', reason: 'stop', usage: { tokensIn: 11, tokensOut: 4 } })
    expect((await collect(answering(bedrockStream(['Hel'], 'max_tokens')))).end?.reason).toBe('length')
  })

  test('that breaks off keeps what was said', async () => {
    const cut = await collect(answering(bedrockStream(['Hel'], '')))
    expect(cut.text).toBe('Hel')
    expect(cut.failure?.kind).toBe('cut')
    const throttled = await collect(answering(bedrockException(['Hel'], 'throttlingException')))
    expect(throttled.text).toBe('Hel')
    expect(throttled.failure?.kind).toBe('rate_limited')
  })
})

test.each([
  [403, 'The security token included in the request is invalid.', 'unauthorized'],
  [429, 'Too many requests, please wait before trying again.', 'rate_limited'],
  [503, 'Service unavailable', 'unavailable'],
  [400, 'Input is too long for requested model.', 'too_long'],
] as const)('what Bedrock answers with %s (%s) is %s', async (status, message, kind) => {
  expect((await collect(answering(bedrockError(status, message)))).failure?.kind).toBe(kind)
})

test('without credentials Bedrock is not asked', async () => {
  const before = server.asked.length
  const heard = await collect(answering(bedrockStream(['Hi']), { credentials: async () => undefined }))
  expect(heard.failure?.kind).toBe('unauthorized')
  expect(server.asked.length).toBe(before)
})
