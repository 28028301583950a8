import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { readCatalogue } from './catalogue.ts'

const page = readFileSync(new URL('../../../docs/models.md', import.meta.url), 'utf8')
const environment = (line: string): Record<string, string> =>
  Object.fromEntries([...line.matchAll(/\b([A-Z][A-Z_]+)=(\S+)/g)].map(([, name = '', value = '']) => [name, value]))

const lines = [...page.matchAll(/`([A-Z_]+=\S+ .*npm start)`/g)].map(([, line = '']) => line)
const written = [...page.matchAll(/^echo '(.+)' > models\.json\n(.+ npm start)$/gm)].map(
  ([, json = '', line = '']) => ({
    json,
    line,
  }),
)
const files = [...page.matchAll(/```json\n(\{\n.+?\n\})\n```/gs)].map(([, json = '']) => json)
const keys = { OPENAI_API_KEY: 'sk-1', ANTHROPIC_API_KEY: 'sk-2', AWS_BEARER_TOKEN_BEDROCK: 'key-3' }

describe('the page about models', () => {
  test.each(lines)('has a line that works: %s', (line) => {
    const { names, model } = readCatalogue(environment(line), () => '')
    expect(names).toHaveLength(1)
    expect(model().provider).toBe('openai-compatible')
  })

  test.each(written)('has a file in a line that works: $json', ({ json, line }) => {
    const { names, model } = readCatalogue(environment(line), () => json)
    expect(names).toHaveLength(1)
    expect(line).toContain(model().provider === 'anthropic' ? 'ANTHROPIC_API_KEY' : 'AWS_SECRET_ACCESS_KEY')
  })

  test('has files that work', () => {
    expect([lines.length, written.length, files.length]).toEqual([8, 2, 1])
    const { names, model } = readCatalogue({ PARLEY_MODELS: 'models.json', ...keys }, () => files[0] ?? '')
    expect(names).toEqual(['Small', 'Large', 'Claude', 'Nova'])
    expect(names.map((name) => model(name).price === null)).toEqual([false, false, false, false])
    expect(model('Small').limits).toEqual({ maxTokens: 2_000, temperature: [0, 1] })
  })
})
