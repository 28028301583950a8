import { expect, test, vi } from 'vitest'
import { readCatalogue } from './index.ts'
import { collect } from './testing/collect.ts'

const loaded = vi.hoisted((): string[] => [])
vi.mock('@ai-sdk/openai-compatible', async (original) => {
  loaded.push('openai-compatible')
  return original()
})
vi.mock('@ai-sdk/provider', async (original) => {
  loaded.push('provider')
  return original()
})

test('a provider is loaded when its model is first asked', async () => {
  const fetch = async () => new Response('', { status: 500 })
  const { model } = readCatalogue({ OPENAI_API_KEY: 'key' }, () => '', { fetch }).model()
  expect(loaded).toEqual([])
  expect((await collect(model)).failure?.kind).toBe('unavailable')
  expect(loaded.toSorted()).toEqual(['openai-compatible', 'provider'])
})
