import { afterEach, expect, test, vi } from 'vitest'
import { globalEdges } from './edges.ts'

afterEach(() => {
  vi.unstubAllGlobals()
})

test('ids are such as rise with time', () => {
  expect(globalEdges().uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7/)
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
