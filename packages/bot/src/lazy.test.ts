import { expect, test, vi } from 'vitest'
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
  // Other files may have loaded them before.
  vi.resetModules()
  const { readCatalogue } = await import('./index.ts')
  const fetch = async () => new Response('', { status: 500 })
  const { model } = readCatalogue({ OPENAI_API_KEY: 'key' }, () => '', { fetch }).model()
  expect(loaded).toEqual([])
  await expect(collect(model)).rejects.toMatchObject({ kind: 'unavailable' })
  expect(loaded.toSorted()).toEqual(['openai-compatible', 'provider'])
})
