import { describe, expect, test } from 'vitest'
import { BadCatalogue, readCatalogue } from './catalogue.ts'
import { costOf } from './prices.ts'
import { collect } from './testing/collect.ts'
import { openAiStream } from './testing/fake-openai.ts'
import { fakeServer } from './testing/fake-server.ts'

const noFile = (): string => {
  throw new Error('no file')
}
const read = (environment: Record<string, string>) => readCatalogue(environment, noFile)
const readFile = (file: unknown, environment: Record<string, string> = {}) => {
  const text = typeof file === 'string' ? file : JSON.stringify(file)
  return readCatalogue({ PARLEY_MODELS: 'models.json', ...environment }, () => text)
}
const errorOf = (act: () => unknown): string => {
  try {
    act()
  } catch (error) {
    if (error instanceof BadCatalogue) return error.message
    throw error
  }
  return 'no error'
}

describe('the environment', () => {
  test('that says nothing gives the scripted model, which costs nothing', () => {
    const { name, provider, price } = read({}).model()
    expect({ name, provider }).toEqual({ name: 'scripted', provider: 'scripted' })
    expect(costOf(price, { tokensIn: 1_000, tokensOut: 1_000 })).toBe(0)
  })

  test('names one address, key and model, and they are used', async () => {
    const server = await fakeServer(openAiStream(['Hi']))
    const url = `${server.origin}/v1/`
    const catalogue = read({
      PARLEY_MODEL_URL: url,
      PARLEY_MODEL: 'llama3.2',
      PARLEY_MODEL_KEY: 'k1',
      OPENAI_API_KEY: 'k2',
    })
    expect(catalogue.names).toEqual(['llama3.2'])
    expect((await collect(catalogue.model().model)).text).toBe('Hi')
    expect(server.asked[0]?.path).toBe('/v1/chat/completions')
    expect(server.asked[0]?.headers.authorization).toBe('Bearer k1')
    expect(server.asked[0]?.body).toMatchObject({ model: 'llama3.2' })
    await server.close()
  })

  test('with a key of OpenAI alone gives one of its models, asked for in its newer words', async () => {
    const asked: { url: string; body: unknown; key: string | null }[] = []
    const fetch: typeof globalThis.fetch = async (input, init) => {
      asked.push({
        url: String(input),
        body: JSON.parse(String(init?.body)),
        key: new Headers(init?.headers).get('authorization'),
      })
      return new Response('', { status: 500 })
    }
    const { model, price } = readCatalogue({ OPENAI_API_KEY: 'k2' }, noFile, { fetch }).model()
    await collect(model, { messages: [{ role: 'user', text: 'Hi' }], parameters: { maxTokens: 9 } })
    expect(asked[0]?.url).toBe('https://api.openai.com/v1/chat/completions')
    expect(asked[0]?.key).toBe('Bearer k2')
    expect(asked[0]?.body).toMatchObject({ model: 'gpt-4.1-mini', max_completion_tokens: 9 })
    expect(asked[0]?.body).not.toHaveProperty('max_tokens')
    expect(costOf(price, { tokensIn: 1_000_000, tokensOut: 1_000_000 })).toBeCloseTo(2)
  })

  test('that names an address has a price for none, which is not nothing', () => {
    const { price } = read({ PARLEY_MODEL_URL: 'http://127.0.0.1:1/v1', PARLEY_MODEL: 'gpt-4o' }).model()
    expect(price).toBeNull()
    expect(costOf(price, { tokensIn: 1, tokensOut: 1 })).toBeNull()
  })

  test.each([
    [{ PARLEY_MODEL_URL: 'http://127.0.0.1:1' }, 'PARLEY_MODEL is missing: '],
    [{ PARLEY_MODEL: 'llama3.2' }, 'PARLEY_MODEL_URL is missing: '],
    [{ PARLEY_MODEL_URL: 'ftp://x', PARLEY_MODEL: 'm' }, 'PARLEY_MODEL_URL: it takes a base address like http://'],
    [{ PARLEY_MODEL_URL: 'http://me:secret@x/v1', PARLEY_MODEL: 'm' }, 'PARLEY_MODEL_URL: it takes a base address'],
    [{ OPENAI_API_KEY: 'very secret' }, 'OPENAI_API_KEY: it takes printable characters without blanks'],
    [{ PARLEY_MODELS: 'a.json', PARLEY_MODEL: 'm' }, 'PARLEY_MODELS and PARLEY_MODEL are both set'],
    [{ PARLEY_MODELS: 'a.json' }, 'PARLEY_MODELS=a.json: the file cannot be read'],
  ] as const)('%j is refused in one line without what is secret', (environment, line) => {
    const message = errorOf(() => read(environment))
    expect(message).toContain(line)
    expect(message).not.toContain('\n')
    expect(message).not.toContain('secret')
  })
})

const fast = {
  name: 'fast',
  provider: 'openai-compatible',
  url: 'https://api.openai.com/v1',
  model: 'gpt-4o-mini-2024-07-18',
}
const own = { name: 'own', provider: 'openai-compatible', url: 'http://127.0.0.1:11434/v1', model: 'llama3.2' }

describe('the file', () => {
  test('offers several models, their defaults, limits, windows and prices', () => {
    const catalogue = readFile(
      {
        default: 'own',
        models: [
          { ...fast, key: 'k1', defaults: { temperature: 0.2 }, limits: { maxTokens: 500, temperature: [0, 1] } },
          { ...own, contextTokens: 32_768, stallSeconds: 120 },
          { name: 'claude', provider: 'anthropic', model: 'claude-haiku-4-5', keyFrom: 'MY_KEY' },
          { name: 'nova', provider: 'bedrock', region: 'eu-central-1', model: 'eu.amazon.nova-lite-v1:0' },
          { name: 'demo', provider: 'scripted' },
        ],
        prices: { asOf: '2026-06-01', perMillion: { 'eu.amazon.nova-lite-v1:0': { in: 0.06, out: 0.24 } } },
      },
      { MY_KEY: 'k2' },
    )
    expect(catalogue.names).toEqual(['own', 'fast', 'claude', 'nova', 'demo'])
    expect(catalogue.model('fast')).toMatchObject({
      defaults: { temperature: 0.2 },
      limits: { maxTokens: 500, temperature: [0, 1] },
      price: { in: 0.15, out: 0.6, asOf: '2026-03-31' },
      contextTokens: 8_192,
    })
    expect(catalogue.model('own')).toMatchObject({ price: null, contextTokens: 32_768 })
    expect(catalogue.model('claude').price).toMatchObject({ in: 1, out: 5 })
    expect(catalogue.model('nova').price).toEqual({ in: 0.06, out: 0.24, currency: 'USD', asOf: '2026-06-01' })
  })

  test('has its default for a name that it does not offer, also one of every object', () => {
    const catalogue = readFile({ models: [own, { ...fast, key: 'k' }] })
    for (const name of ['gone', 'constructor', '__proto__', '']) expect(catalogue.model(name).name).toBe('own')
  })

  test.each([
    ['{', 'the file is not JSON'],
    [{}, 'models: a list of models'],
    [{ models: [] }, 'models: at least one model'],
    [{ models: [own, own] }, 'two models are called own'],
    [{ models: [own], default: 'x' }, 'default: no model is called x'],
    [{ models: [{ ...own, provider: 'openai' }] }, "models[0].provider: 'openai-compatible', 'anthropic', "],
    [{ models: [{ ...own, url: 'secret' }] }, 'models[0].url: a base address like http://127.0.0.1:11434/v1'],
    [{ models: [{ ...own, kee: 'secret' }] }, 'models[0]: it does not take kee'],
    [{ models: [{ ...own, key: 'two secrets' }] }, 'models[0].key: printable characters without blanks'],
    [{ models: [{ ...own, limits: { temperature: [1, 0] } }] }, 'models[0].limits.temperature: two numbers'],
    [{ models: [{ ...own, key: 'secret', keyFrom: 'X' }] }, 'the model own takes key or keyFrom, not both'],
    [{ models: [{ ...own, keyFrom: 'X' }] }, 'the model own has its key from X, which is not set'],
    [{ models: [{ name: 'c', provider: 'anthropic', model: 'm' }] }, 'from ANTHROPIC_API_KEY, which is not set'],
    [{ models: [{ name: 'b', provider: 'bedrock', model: 'm' }] }, 'models[0].region: a region'],
    [{ models: [own], prices: { asOf: 'today', perMillion: {} } }, 'prices.asOf: a day like 2026-03-31'],
    [
      { models: [own], prices: { asOf: '2026-06-01', perMillion: { m: { in: -1, out: 0 } } } },
      'prices.perMillion.m.in: ',
    ],
  ])('%j is refused in one line that says where', (file, line) => {
    const message = errorOf(() => readFile(file))
    expect(message).toContain(line)
    expect(message).not.toContain('\n')
    expect(message).not.toContain('secret')
  })
})
