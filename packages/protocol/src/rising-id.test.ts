import { afterEach, expect, test, vi } from 'vitest'
import { MessageId } from './index.ts'
import { risingId } from './rising-id.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

test('ids are UUIDs of version 7 in lower case, also where the context is not secure', () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
  const ids = Array.from({ length: 1000 }, () => risingId())
  for (const id of ids) {
    expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(MessageId.parse(id)).toBe(id)
  }
  expect(new Set(ids).size).toBe(1000)
})

test('ids of later milliseconds sort behind, whatever the year', () => {
  const times = [0, 1, 255, 256, 1_795_250_460_123, 1_795_250_460_124, 2 ** 48 - 1]
  const ids = times.map(risingId)
  expect(ids.toSorted()).toEqual(ids)
  expect(ids[0]?.slice(0, 14)).toBe('00000000-0000-')
  expect(ids.at(-1)?.slice(0, 14)).toBe('ffffffff-ffff-')
})
