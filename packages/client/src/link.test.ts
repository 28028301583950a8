import type { Down } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import type { ParleyError } from './errors.ts'
import { type Heard, type Link, openLink } from './link.ts'
import { general, message, told, welcome } from './testing/samples.ts'
import { stubSockets } from './testing/stub-sockets.ts'
import { virtualClock } from './testing/virtual-clock.ts'

const setUp = () => {
  const clock = virtualClock(0, () => {})
  const { transport, sockets } = stubSockets()
  const heard: Heard[][] = []
  const ends: ParleyError[] = []
  const greetings: Down[] = []
  const link: Link = openLink({
    transport,
    clock,
    url: 'ws://chat.test/ws?ticket=t',
    events: {
      greeted: (_, frame) => greetings.push(frame),
      heard: (_, frames) => heard.push([...frames]),
      ended: (_, why) => ends.push(why),
    },
  })
  const socket = sockets[0]
  if (!socket) throw new Error('no socket was opened')
  const greet = (): void => {
    socket.open()
    socket.answer('hello', welcome())
    heard.length = 0
  }
  const sync = () => link.ask<'sync'>({ action: 'sync', room: general, since: 0 })
  return { clock, socket, link, heard, ends, greetings, greet, sync }
}

const types = (heard: readonly Heard[][]) => heard.map((frames) => frames.map(({ frame }) => frame.type))
const synced = { type: 'synced', room: general, messages: [], rev: 10, more: false }
const failure = (code: string, retry: number | null) => ({ code, retry })

describe('greeting', () => {
  test('says hello when the socket is open, and hears the welcome first', () => {
    const { socket, greetings, heard } = setUp()
    expect(socket.sent).toEqual([])
    socket.open()
    expect(socket.sent).toMatchObject([{ action: 'hello', v: 1 }])
    socket.tell(told(message(11)))
    expect(heard).toEqual([])
    socket.answer('hello', welcome())
    expect(greetings).toHaveLength(1)
    expect(types(heard)).toEqual([['welcome', 'message']])
  })

  test('ends when it takes too long', async () => {
    const { clock, socket, ends } = setUp()
    await clock.pass(14_999)
    expect(ends).toEqual([])
    await clock.pass(1)
    expect(ends).toMatchObject([failure('timeout', 1)])
    expect(socket.closedByClient).toBe(1000)
  })

  test('ends with the reason why hello was refused', async () => {
    const { clock, socket, ends } = setUp()
    socket.open()
    socket.answer('hello', { type: 'error', code: 'bad_request', message: 'No such version.', retry: null })
    await clock.settle()
    expect(ends).toMatchObject([failure('bad_request', null)])
  })
})

describe('asking', () => {
  test('is answered by its ref, whatever comes between', async () => {
    const { socket, greet, sync, heard } = setUp()
    greet()
    const [first, second] = [sync(), sync()]
    const [one, other] = socket.sent.slice(-2).map(({ ref }) => ref)
    socket.tell([{ ...synced, rev: 2, ref: other }, told(message(11)), { ...synced, rev: 1, ref: one }])
    await expect(first).resolves.toMatchObject({ rev: 1 })
    await expect(second).resolves.toMatchObject({ rev: 2 })
    expect(types(heard)).toEqual([['synced', 'message', 'synced']])
    expect(heard[0]?.map(({ asked }) => asked?.action)).toEqual(['sync', undefined, 'sync'])
  })

  test('is heard before it is answered, so that the state has it', async () => {
    const { socket, greet, sync, heard } = setUp()
    greet()
    const known = sync().then(() => heard.length)
    socket.answer('sync', synced)
    await expect(known).resolves.toBe(1)
  })

  test('is refused with the code and the time of the error', async () => {
    const { socket, greet, sync } = setUp()
    greet()
    const asked = sync()
    socket.answer('sync', { type: 'error', code: 'rate_limited', message: 'Wait.', retry: 3 })
    await expect(asked).rejects.toMatchObject(failure('rate_limited', 3))
  })

  test('ends when no answer comes, and an answer that comes later is heard as far as it stands for itself', async () => {
    const { clock, socket, greet, sync, heard } = setUp()
    greet()
    const asked = sync().catch((error: unknown) => error)
    await clock.pass(30_000)
    await expect(asked).resolves.toMatchObject(failure('timeout', 1))
    socket.answer('sync', synced)
    socket.answer('sync', told(message(11)))
    expect(types(heard)).toEqual([['message']])
  })

  test('ends with the link', async () => {
    const { socket, greet, sync, ends, link } = setUp()
    greet()
    const asked = sync()
    socket.tell({ type: 'bye', code: 1001, message: 'The server stops.', retry: 5 })
    socket.close(1005)
    await expect(asked).rejects.toMatchObject(failure('disconnected', 5))
    expect(ends).toMatchObject([failure('disconnected', 5)])
    await expect(sync()).rejects.toMatchObject({ code: 'disconnected' })
    expect(link.isIdle()).toBe(true)
  })

  test('is refused here when the frame is too large, counted in bytes', async () => {
    const { socket, greet, link } = setUp()
    greet()
    const before = socket.sent.length
    const broadcast = (text: string) => link.ask<'broadcast'>({ action: 'broadcast', text })
    await expect(broadcast('€'.repeat(11_000))).rejects.toMatchObject(failure('too_large', null))
    expect(socket.sent).toHaveLength(before)
    broadcast('x'.repeat(32_000)).catch(() => {})
    expect(socket.sent).toHaveLength(before + 1)
  })
})

describe("a gateway's own errors", () => {
  const gateway = (text: string) => ({ message: text, connectionId: 'eHrdFcnvvHcCE-w=', requestId: 'r' })

  test.each([
    ['Forbidden', failure('unknown_action', null)],
    ['Invalid request body', failure('bad_request', null)],
    ['Internal server error', failure('internal', 1)],
    ['Limit exceeded', failure('rate_limited', 1)],
    ['Endpoint request timed out', failure('internal', 1)],
  ])('%s is the answer to the only thing that was asked', async (text, error) => {
    const { socket, greet, sync } = setUp()
    greet()
    const asked = sync()
    socket.tell(gateway(text))
    await expect(asked).rejects.toMatchObject(error)
  })

  test('are the answer to whatever is not answered soon, when several things were asked', async () => {
    const { clock, socket, greet, sync } = setUp()
    greet()
    const [lost, answered] = [sync(), sync()]
    const settled = Promise.allSettled([lost, answered])
    socket.tell(gateway('Internal server error'))
    socket.answer('sync', synced)
    await clock.pass(3_000)
    expect(await settled).toMatchObject([
      { status: 'rejected', reason: failure('internal', 1) },
      { status: 'fulfilled' },
    ])
  })

  test('change nothing when nothing was asked', () => {
    const { socket, greet, heard, ends } = setUp()
    greet()
    socket.tell(gateway('Forbidden'))
    expect([heard, ends]).toEqual([[], []])
  })
})

test('what is no frame is passed over', () => {
  const { socket, greet, heard, ends } = setUp()
  greet()
  for (const text of ['', 'x', '1', 'null', '[]', '[1, null]', '{}', '{"message": "hi"}']) socket.text(text)
  expect([heard, ends]).toEqual([[], []])
})

test('after its end nothing is heard or sent', () => {
  const { socket, greet, heard, ends, link } = setUp()
  greet()
  link.close()
  const { length } = socket.sent
  socket.tell(told(message(11)))
  link.say({ action: 'typing', room: general })
  socket.close(1000)
  expect(heard).toEqual([])
  expect(ends).toHaveLength(1)
  expect(socket.sent).toHaveLength(length)
})
