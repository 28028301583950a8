import { afterEach, expect, test, vi } from 'vitest'
import { globalEdges } from './edges.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

test('ids are UUIDs of version 4 in lower case, also where the context is not secure', () => {
  vi.stubGlobal('crypto', { getRandomValues: crypto.getRandomValues.bind(crypto) })
  const { uuid } = globalEdges()
  const ids = Array.from({ length: 100 }, uuid)
  for (const id of ids) expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(new Set(ids).size).toBe(100)
})

test('a page that comes back to its network or its reader wakes the client, until it is stopped', () => {
  const page = new EventTarget()
  vi.stubGlobal('addEventListener', page.addEventListener.bind(page))
  vi.stubGlobal('removeEventListener', page.removeEventListener.bind(page))
  const wake = vi.fn<() => void>()
  const leave = globalEdges().onWake(wake)
  for (const event of ['online', 'pageshow', 'focus', 'blur']) page.dispatchEvent(new Event(event))
  expect(wake).toHaveBeenCalledTimes(3)
  leave()
  page.dispatchEvent(new Event('online'))
  expect(wake).toHaveBeenCalledTimes(3)
})

test('a time that is longer than timers can wait does not fire at once', () => {
  vi.useFakeTimers()
  try {
    const act = vi.fn<() => void>()
    globalEdges().clock.after(2 ** 40, act)
    vi.advanceTimersByTime(2 ** 30)
    expect(act).not.toHaveBeenCalled()
  } finally {
    vi.useRealTimers()
  }
})
