import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Model } from '../model.ts'
import { asking, collect } from '../testing/collect.ts'
import {
  openAiBegin,
  openAiChunk,
  openAiCut,
  openAiError,
  openAiFlood,
  openAiStall,
  openAiStream,
  openAiText,
} from '../testing/fake-openai.ts'
import { type Answer, type FakeServer, fakeServer } from '../testing/fake-server.ts'
import { type HandTimers, handTimers } from '../testing/hand-timers.ts'
import { openAiCompatible } from './openai-compatible.ts'

const key = 'sk-very-secret'
let server: FakeServer
beforeAll(async () => {
  server = await fakeServer(openAiStream(['unasked']))
})
afterAll(() => server.close())

const at = (origin: string, timers: HandTimers = handTimers()): Model =>
  openAiCompatible({ url: `${origin}/v1`, model: 'fake', key, fetch, timers, stallMs: 60_000 })

const answering = (answer: Answer): Model => {
  server.answer(answer)
  return at(server.origin)
}

describe('a reply', () => {
  test('comes text by text and ends with its reason and usage', async () => {
    const heard = await collect(answering(openAiStream(['Hel', 'lo ', 'there'], { tokensIn: 7, tokensOut: 3 })))
    expect(heard.texts).toEqual(['Hel', 'lo ', 'there'])
    expect(heard.end).toEqual({ type: 'end', reason: 'stop', usage: { tokensIn: 7, tokensOut: 3 } })
    expect(heard.failure).toBeUndefined()
  })

  test('is asked for with the key, the model, the turns and only the given parameters', async () => {
    const model = answering(openAiStream(['yes']))
    await collect(model, {
      messages: [
        { role: 'system', text: 'You are kind.' },
        { role: 'user', text: 'Ann: one' },
        { role: 'user', text: 'Bob: two' },
        { role: 'assistant', text: 'three' },
        { role: 'user', text: 'Ann: four' },
      ],
      parameters: { temperature: 0.5, maxTokens: 100, topP: undefined },
    })
    const asked = server.asked.at(-1)
    expect(asked?.path).toBe('/v1/chat/completions')
    expect(asked?.headers.authorization).toBe(`Bearer ${key}`)
    expect(asked?.body).toEqual({
      model: 'fake',
      messages: [
        { role: 'system', content: 'You are kind.' },
        { role: 'user', content: 'Ann: one\nBob: two' },
        { role: 'assistant', content: 'three' },
        { role: 'user', content: 'Ann: four' },
      ],
      temperature: 0.5,
      max_tokens: 100,
      stream: true,
      stream_options: { include_usage: true },
    })
  })

  test('tells that it reached its length, and that it was held back', async () => {
    const long = await collect(answering(openAiStream(['a lot'], { reason: 'length' })))
    expect(long.end?.reason).toBe('length')
    const filtered = await collect(answering(openAiStream(['begun'], { reason: 'content_filter' })))
    expect(filtered.end?.reason).toBe('filtered')
  })

  test('has no usage where the server does not count', async () => {
    const heard = await collect(
      answering((response) => {
        openAiBegin(response)
        response.write(openAiChunk({ choices: [{ index: 0, delta: { content: 'hi' }, finish_reason: 'stop' }] }))
        response.end('data: [DONE]\n\n')
      }),
    )
    expect(heard.end).toEqual({ type: 'end', reason: 'stop' })
  })

  test('keeps a pair of surrogates whole that comes in two pieces', async () => {
    const heard = await collect(answering(openAiStream(['a\ud83d', '\ude00b'])))
    expect(heard.texts).toEqual(['a', '\u{1F600}b'])
  })

  test('that floods is ended at the length of a message, and the connection is closed', async () => {
    const own = await fakeServer(openAiFlood('\u{1F600}'.repeat(333)))
    const heard = await collect(at(own.origin))
    expect(heard.text).toBe('\u{1F600}'.repeat(15_000))
    expect(heard.end).toEqual({ type: 'end', reason: 'length' })
    await own.hungUp()
    await own.close()
  })
})

describe('a failure', () => {
  const failing = async (answer: Answer) => (await collect(answering(answer))).failure

  test.each([
    ['a wrong key', openAiError(401, 'invalid_api_key'), 'unauthorized', undefined],
    ['a forbidden key', openAiError(403, null), 'unauthorized', undefined],
    ['too many requests', openAiError(429, 'rate_limit_exceeded', { 'retry-after': '20' }), 'rate_limited', 20],
    ['too many requests without a time', openAiError(429, null), 'rate_limited', undefined],
    ['used-up credit', openAiError(429, 'insufficient_quota'), 'refused', undefined],
    ['a broken server', openAiError(500, null), 'unavailable', undefined],
    ['a busy server', openAiError(503, null, { 'retry-after': 'Fri, 02 Jan 2026 03:05:05 GMT' }), 'unavailable', 60],
    ['an unknown model', openAiError(404, 'model_not_found'), 'refused', undefined],
    ['a bad setting', openAiError(400, null, {}, 'temperature must be lower'), 'refused', undefined],
    ['too long a request', openAiError(400, 'context_length_exceeded'), 'too_long', undefined],
  ] as const)('of %s has its kind, a line for the room, and no secret', async (_name, answer, kind, retryAfter) => {
    const failure = await failing(answer)
    expect(failure?.kind).toBe(kind)
    expect(failure?.retryAfter).toBe(retryAfter)
    expect(failure?.line).toMatch(/^The (model|conversation)\b[^\n]{10,120}\.$/)
    const all = `${failure?.line} ${failure?.message} ${failure?.detail} ${JSON.stringify(failure)}`
    expect(all).not.toContain(key)
    expect(all).not.toContain('127.0.0.1')
    expect(all).not.toContain('/v1')
    expect(failure?.cause).toBeUndefined()
  })

  test('that asks to wait says for how long', async () => {
    const failure = await failing(openAiError(429, null, { 'retry-after': '20' }))
    expect(failure?.line).toBe('The model asks to wait 20 seconds. Try again then.')
  })

  test('in the middle of a stream leaves what was said before it', async () => {
    const heard = await collect(answering(openAiCut(['It ', 'was'])))
    expect(heard.text).toBe('It was')
    expect(heard.failure?.kind).toBe('cut')
    expect(heard.end).toBeUndefined()
  })

  test('is a stream that ends without having come to an end', async () => {
    const heard = await collect(
      answering((response) => {
        openAiBegin(response)
        openAiText(response, 'It')
        response.end()
      }),
    )
    expect(heard.text).toBe('It')
    expect(heard.failure?.kind).toBe('cut')
  })

  test('is an error inside of a stream', async () => {
    const heard = await collect(
      answering((response) => {
        openAiBegin(response)
        openAiText(response, 'It')
        response.end(`data: ${JSON.stringify({ error: { message: 'Rate limited', code: 429 } })}\n\n`)
      }),
    )
    expect(heard.text).toBe('It')
    expect(heard.failure?.kind).toBe('rate_limited')
  })

  test('is JSON that is none', async () => {
    const heard = await collect(
      answering((response) => {
        openAiBegin(response)
        response.end('data: {"choices": [{"delta": {"content"\n\n')
      }),
    )
    expect(heard.failure?.kind).toBe('bad_answer')
  })

  test.each([
    ['text/html', '<h1>Welcome</h1>'],
    ['application/json', '{"status":"ok"}'],
  ])('is an answer of %s in place of a stream', async (type, body) => {
    const failure = await failing((response) => response.writeHead(200, { 'content-type': type }).end(body))
    expect(failure?.kind).toBe('bad_answer')
    expect(failure?.line).toContain('does not answer like a model')
  })

  test('is an answer of nothing', async () => {
    const failure = await failing(openAiStream([]))
    expect(failure?.kind).toBe('bad_answer')
    expect(failure?.line).toBe('The model answered with nothing. Try again.')
  })

  test('is a redirect, which is not followed', async () => {
    let followed = 0
    const failure = await failing((response, { path }) => {
      if (path === '/elsewhere') followed++
      response.writeHead(307, { location: '/elsewhere' }).end()
    })
    expect(failure?.kind).toBe('bad_answer')
    expect(failure?.line).toContain('points elsewhere')
    expect(followed).toBe(0)
  })

  test('is a line without end, long before it fills the memory', async () => {
    let sent = 0
    const failure = await failing((response) => {
      openAiBegin(response)
      const pour = (): void => {
        while (!response.destroyed && sent < 64 * 1024 * 1024) {
          sent += 65_536
          if (!response.write('x'.repeat(65_536))) return
        }
      }
      response.on('drain', pour)
      pour()
    })
    expect(failure?.kind).toBe('bad_answer')
    expect(sent).toBeLessThan(16 * 1024 * 1024)
  })

  test('is a server that is not there', async () => {
    const gone = await fakeServer(openAiStream(['unasked']))
    await gone.close()
    expect((await collect(at(gone.origin))).failure?.kind).toBe('unavailable')
  })
})

describe('silence', () => {
  test('before an answer is given up after the set time', async () => {
    server.answer(() => {})
    const timers = handTimers()
    const heard = collect(at(server.origin, timers))
    await timers.armed()
    timers.pass(60_000)
    expect((await heard).failure?.kind).toBe('stalled')
    expect((await heard).failure?.line).toBe('The model said nothing for 60 seconds. Try again.')
  })

  test('in the middle of a reply is given up, what was said stays, and the connection is closed', async () => {
    const timers = handTimers()
    const own = await fakeServer(openAiStall(['Well']))
    const said = Promise.withResolvers<void>()
    const heard = collect(at(own.origin, timers), asking('Hello'), { each: () => said.resolve() })
    await said.promise
    await timers.armed()
    timers.pass(59_999)
    timers.pass(1)
    const { text, failure } = await heard
    expect(text).toBe('Well')
    expect(failure?.kind).toBe('stalled')
    await own.hungUp()
    await own.close()
  })
})

describe('an end that is wished for', () => {
  test('by the signal closes the connection and is quiet', async () => {
    const own = await fakeServer(openAiStall(['Well']))
    const stop = new AbortController()
    const heard = await collect(at(own.origin), asking('Hello'), {
      signal: stop.signal,
      each: () => stop.abort(),
    })
    expect(heard).toEqual({ texts: ['Well'], text: 'Well', end: undefined, failure: undefined })
    await own.hungUp()
    await own.close()
  })

  test('before the first byte closes the connection and is quiet', async () => {
    const came = Promise.withResolvers<void>()
    const own = await fakeServer(() => came.resolve())
    const stop = new AbortController()
    const heard = collect(at(own.origin), asking('Hello'), { signal: stop.signal })
    await came.promise
    stop.abort()
    expect(await heard).toEqual({ texts: [], text: '', end: undefined, failure: undefined })
    await own.hungUp()
    await own.close()
  })

  test('by leaving the iteration closes the connection', async () => {
    const own = await fakeServer(openAiStall(['Well']))
    for await (const part of at(own.origin).stream(asking('Hello'), new AbortController().signal)) {
      expect(part).toEqual({ type: 'text', text: 'Well' })
      break
    }
    await own.hungUp()
    await own.close()
  })

  test('that came before asks nobody', async () => {
    const model = answering(openAiStream(['unasked']))
    const before = server.asked.length
    expect((await collect(model, asking('Hello'), { signal: AbortSignal.abort() })).text).toBe('')
    expect(server.asked.length).toBe(before)
  })
})
