import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { collect } from '../testing/collect.ts'
import { anthropicError, anthropicErrorEvent, anthropicStream } from '../testing/fake-anthropic.ts'
import { type Answer, type FakeServer, fakeServer } from '../testing/fake-server.ts'
import { handTimers } from '../testing/hand-timers.ts'
import { anthropic } from './anthropic.ts'

let server: FakeServer
beforeAll(async () => {
  server = await fakeServer(anthropicStream([]))
})
afterAll(() => server.close())

const answering = (answer: Answer, key: string | undefined = 'sk-ant-secret') => {
  server.answer(answer)
  return anthropic({ url: `${server.origin}/v1`, model: 'fake', key, fetch, timers: handTimers(), stallMs: 60_000 })
}

describe('a reply of Anthropic', () => {
  test('is asked for with the key and its own place for the system message', async () => {
    await collect(answering(anthropicStream(['Hi'])), {
      messages: [
        { role: 'system', text: 'You are kind.' },
        { role: 'user', text: 'Ann: hello' },
      ],
      parameters: { maxTokens: 64, temperature: 0.2, frequencyPenalty: 1 },
    })
    const asked = server.asked.at(-1)
    expect(asked?.path).toBe('/v1/messages')
    expect(asked?.headers['x-api-key']).toBe('sk-ant-secret')
    expect(asked?.body).toEqual({
      model: 'fake',
      max_tokens: 64,
      temperature: 0.2,
      stream: true,
      system: [{ type: 'text', text: 'You are kind.' }],
      messages: [{ role: 'user', content: [{ type: 'text', text: 'Ann: hello' }] }],
    })
  })

  test('comes text by text and ends with its reason and usage', async () => {
    const heard = await collect(answering(anthropicStream(['Hel', 'lo'])))
    expect(heard.texts).toEqual(['Hel', 'lo'])
    expect(heard.end).toEqual({ type: 'end', reason: 'stop', usage: { tokensIn: 25, tokensOut: 15 } })
    expect((await collect(answering(anthropicStream(['Hel'], 'max_tokens')))).end?.reason).toBe('length')
  })

  test('that breaks off keeps what was said', async () => {
    const heard = await collect(answering(anthropicStream(['Hel'], '')))
    expect(heard.text).toBe('Hel')
    expect(heard.failure?.kind).toBe('cut')
    const overloaded = await collect(answering(anthropicStream(['Hel'], '', anthropicErrorEvent('overloaded_error'))))
    expect(overloaded.text).toBe('Hel')
    expect(overloaded.failure?.kind).toBe('unavailable')
  })
})

test.each([
  [401, 'authentication_error', 'No', 'unauthorized', undefined],
  [429, 'rate_limit_error', 'No', 'rate_limited', 7],
  [529, 'overloaded_error', 'No', 'unavailable', 7],
  [400, 'invalid_request_error', 'prompt is too long: 250000 tokens > 200000 maximum', 'too_long', undefined],
  [400, 'invalid_request_error', 'Your credit balance is too low', 'refused', undefined],
] as const)('what Anthropic answers with %s, %s (%s), is %s', async (status, type, message, kind, retryAfter) => {
  const heard = await collect(answering(anthropicError(status, type, message, { 'retry-after': '7' })))
  expect(heard.failure?.kind).toBe(kind)
  expect(heard.failure?.retryAfter).toBe(retryAfter)
})

test('an error in place of the first event is told by its kind', async () => {
  const answer: Answer = (response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' }).end(anthropicErrorEvent('overloaded_error'))
  }
  expect((await collect(answering(answer))).failure?.kind).toBe('unavailable')
})

test('without a key Anthropic is not asked', async () => {
  const before = server.asked.length
  expect((await collect(answering(anthropicStream(['Hi']), ''))).failure?.kind).toBe('unauthorized')
  expect(server.asked.length).toBe(before)
})
