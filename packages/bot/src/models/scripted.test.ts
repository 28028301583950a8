import { describe, expect, test } from 'vitest'
import { asking, collect } from '../testing/collect.ts'
import { handTimers, quickTimers } from '../testing/hand-timers.ts'
import { scripted } from './scripted.ts'

const answerTo = (text: string) => collect(scripted({ timers: quickTimers() }), asking(text))

describe('a server without a model', () => {
  test('says so, and how to configure one in one line', async () => {
    const { text, end } = await answerTo('Ann: @assistant what is the weather?')
    expect(text).toContain('No language model is configured')
    expect(text).toContain('\nPARLEY_MODEL_URL=http://127.0.0.1:11434/v1 PARLEY_MODEL=llama3.2 npm start\n')
    expect(end?.reason).toBe('stop')
    expect(end?.usage?.tokensOut).toBeGreaterThan(50)
  })

  test('shows a stream of about 2,000 characters with Markdown, always the same', async () => {
    const { text, texts } = await answerTo('Ann: @assistant /demo')
    expect(text.length).toBeGreaterThan(1_800)
    expect(text.length).toBeLessThan(2_700)
    for (const markdown of ['# ', '\n- ', '\n| --- |', '\n```ts\n', '\n> ', '\n1. ']) expect(text).toContain(markdown)
    expect(texts.length).toBeGreaterThan(100)
    for (const piece of texts) expect(piece.isWellFormed()).toBe(true)
    expect((await answerTo('Bob: /demo please')).texts).toEqual(texts)
  })

  test('shows a long one', async () => {
    const { text } = await answerTo('Ann: /demo long')
    expect(text.length).toBeGreaterThan(8_000)
    expect(text.length).toBeLessThan(30_000)
  })

  test('takes no word for a wish that only looks like one', async () => {
    for (const text of ['/demolish', 'a/demo', '/democracy', '[Messages]\nAnn: /demo\n[Tell them]']) {
      expect((await answerTo(text)).text).toContain('No language model')
    }
  })
})

test('the pieces come 30 to 50 ms apart', async () => {
  const timers = handTimers()
  const parts = scripted({ timers }).stream(asking('/demo'), new AbortController().signal)[Symbol.asyncIterator]()
  for (let count = 0; count < 10; count++) {
    let isThere = false
    const next = parts.next().then((result) => {
      isThere = true
      return result
    })
    await timers.armed()
    timers.pass(29)
    await new Promise(setImmediate)
    expect(isThere).toBe(false)
    timers.pass(21)
    expect(await next).toMatchObject({ done: false, value: { type: 'text' } })
  }
})

test('a stop ends it in the middle, and quietly', async () => {
  const stop = new AbortController()
  const timers = handTimers()
  const heard = collect(scripted({ timers }), asking('/demo'), { signal: stop.signal })
  await timers.armed()
  stop.abort()
  expect(await heard).toEqual({ texts: [], text: '', end: undefined, failure: undefined })
})
