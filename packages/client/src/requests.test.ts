import { expect, test } from 'vitest'
import { ParleyError, stopped } from './errors.ts'
import type { Link } from './link.ts'
import { createRequests } from './requests.ts'
import { general } from './testing/samples.ts'
import { virtualClock } from './testing/virtual-clock.ts'

const disconnected = new ParleyError('disconnected', 'The connection was lost.', 0)
const answering = (answer: unknown): Link => ({ ask: async () => answer }) as unknown as Link
const failing = (error: ParleyError): Link => ({ ask: () => Promise.reject(error) }) as unknown as Link

const setUp = () => {
  const clock = virtualClock(0, () => {})
  let link: Link | undefined
  let noLink: ParleyError | undefined
  const requests = createRequests({ clock, link: () => link, noLink: () => noLink })
  const use = (next: Link | undefined): void => {
    link = next
    if (next) requests.proceed(next)
  }
  return {
    clock,
    requests,
    use,
    end: (why: ParleyError) => {
      noLink = why
    },
  }
}
const sync = { action: 'sync', room: general, since: 0 } as const

test('asks over the link that is there, or the next one', async () => {
  const { requests, use } = setUp()
  const asked = requests.ask<'sync'>(sync)
  use(answering('first'))
  await expect(asked).resolves.toBe('first')
  use(answering('second'))
  await expect(requests.ask<'sync'>(sync)).resolves.toBe('second')
})

test('asks again over the next link when the answer was lost with the last', async () => {
  const { requests, use, clock } = setUp()
  use(failing(disconnected))
  const asked = requests.ask<'sync'>(sync)
  use(undefined)
  await clock.settle()
  use(answering('at last'))
  await expect(asked).resolves.toBe('at last')
})

test.each([
  { action: 'create', room: general, kind: 'public' },
  { action: 'broadcast', text: 'hi' },
] as const)('does not say $action again, which might do it twice', async (what) => {
  const { requests, use } = setUp()
  use(failing(disconnected))
  await expect(requests.ask(what)).rejects.toBe(disconnected)
})

test('does not wait for a link without end', async () => {
  const { clock, requests } = setUp()
  const asked = requests.ask<'sync'>(sync).catch((error: unknown) => error)
  await clock.pass(20_000)
  await expect(asked).resolves.toMatchObject({ code: 'timeout', retry: 1 })
})

test('says why there will be no link', async () => {
  const { requests, end } = setUp()
  const asked = requests.ask<'sync'>(sync)
  requests.giveUp(stopped())
  await expect(asked).rejects.toMatchObject({ code: 'stopped' })
  end(new ParleyError('banned', 'This account is banned.'))
  await expect(requests.ask<'sync'>(sync)).rejects.toMatchObject({ code: 'banned' })
})
