import { describe, expect, test } from 'vitest'
import { ParleyError } from './errors.ts'
import { lifeMs, playedConnection } from './testing/played-connection.ts'
import { general, message, myRoom, told } from './testing/samples.ts'

test('connects with a ticket and is online when it is greeted', async () => {
  const { start, states, sockets, heard, online } = playedConnection()
  await start()
  expect(states).toEqual([{ status: 'connecting', attempt: 0 }, { status: 'online' }])
  expect(sockets.map(({ url }) => url)).toEqual(['ws://chat.test/ws?ticket=1'])
  expect(heard).toEqual([['welcome', true]])
  expect(online()).toBe(1)
})

describe('coming back', () => {
  test('waits a random part of a time that doubles', async () => {
    const { clock, connection, sockets, states } = playedConnection()
    connection.start()
    await clock.settle()
    const waits: number[] = []
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      sockets.at(-1)?.close(1006)
      const state = states.at(-1)
      if (state?.status !== 'waiting') throw new Error('it does not wait')
      waits.push(state.retryAt - clock.now())
      await clock.pass(state.retryAt - clock.now())
      expect(sockets).toHaveLength(attempt + 1)
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 30, 30, 30].map((seconds) => seconds * 1_000))
  })

  test('begins with short waits again after a connection that lasted', async () => {
    const { clock, start, states, greet, live } = playedConnection()
    const socket = await start()
    socket.close(1006)
    expect(states.at(-1)).toMatchObject({ status: 'waiting', attempt: 1, retryAt: clock.now() + 1_000 })
    await clock.pass(1_000)
    const next = greet()
    await live(11_000)
    next.close(1006)
    expect(states.at(-1)).toMatchObject({ status: 'waiting', attempt: 0, retryAt: clock.now() + 500 })
  })

  test('waits as long as the server says, and spreads out after that', async () => {
    const { clock, start, states, live } = playedConnection()
    const socket = await start()
    await live(11_000)
    socket.tell({ type: 'bye', code: 4429, message: 'Too many frames.', retry: 10 })
    socket.close(4429)
    expect(states.at(-1)).toMatchObject({
      status: 'waiting',
      retryAt: clock.now() + 10_500,
      reason: { code: 'disconnected', message: 'Too many frames.', retry: 10 },
    })
  })

  test('does not hurry where the server asked to wait, but does so otherwise', async () => {
    const { clock, start, connection, sockets } = playedConnection()
    const socket = await start()
    socket.close(1006)
    connection.wake()
    await clock.settle()
    expect(sockets).toHaveLength(2)
    sockets[1]?.open()
    sockets[1]?.tell({ type: 'bye', code: 4429, message: '', retry: 10 })
    sockets[1]?.close(4429)
    connection.wake()
    await clock.settle()
    expect(sockets).toHaveLength(2)
  })

  test('goes on when no ticket is to be had', async () => {
    const { clock, connection, tickets, sockets, states } = playedConnection()
    tickets.push(new ParleyError('network', 'nobody listens', 1), new ParleyError('unavailable', 'locked', 5))
    connection.start()
    await clock.settle()
    expect(states.at(-1)).toMatchObject({ status: 'waiting', retryAt: 2_000, reason: { code: 'network' } })
    await clock.pass(2_000)
    expect(states.at(-1)).toMatchObject({ status: 'waiting', retryAt: 2_000 + 7_000, reason: { code: 'unavailable' } })
    await clock.pass(7_000)
    expect(sockets).toHaveLength(1)
  })
})

describe('ends for good', () => {
  test.each([
    [4401, 'signed_out'],
    [4403, 'banned'],
  ] as const)('when it is closed with %i', async (code, reason) => {
    const { clock, start, states, sockets } = playedConnection()
    const socket = await start()
    socket.close(code)
    await clock.pass(10 * 60_000)
    expect(states.at(-1)).toMatchObject({ status: 'ended', reason: { code: reason, retry: null } })
    expect(sockets).toHaveLength(1)
  })

  test.each(['signed_out', 'forbidden'] as const)('when a ticket is refused as %s', async (code) => {
    const { clock, connection, tickets, states } = playedConnection()
    tickets.push(new ParleyError(code, 'No.'))
    connection.start()
    await clock.settle()
    expect(states.at(-1)).toMatchObject({ status: 'ended', reason: { code } })
  })

  test('and begins again only when it is started', async () => {
    const { start, status, connection } = playedConnection()
    const socket = await start()
    socket.close(4401)
    connection.wake()
    expect(status()).toBe('ended')
    await start()
    expect(status()).toBe('online')
  })
})

describe('a renewal', () => {
  test('comes before the end of a life, opens the new socket first, and is not seen', async () => {
    const { start, liveUntil, sockets, states, greet } = playedConnection()
    await start()
    expect(await liveUntil(2)).toBeLessThan(lifeMs)
    expect(sockets[0]?.closedByClient).toBeUndefined()
    greet()
    expect(sockets[0]?.closedByClient).toBe(1000)
    expect(states.filter(({ status }) => status !== 'online')).toHaveLength(1)
  })

  test('comes at a random moment, between three quarters and nine tenths', async () => {
    for (const [random, part] of [
      [0, 0.75],
      [0.999, 0.9],
    ] as const) {
      const { start, liveUntil } = playedConnection({ random: () => random })
      await start()
      expect((await liveUntil(2)) / lifeMs).toBeCloseTo(part, 2)
    }
  })

  test('comes at once when the server says so', async () => {
    const { clock, start, live, sockets, greet, states } = playedConnection()
    const socket = await start()
    await live(11_000)
    socket.tell({ type: 'bye', code: 1001, message: 'Open another.', retry: 0 })
    await clock.settle()
    expect(sockets).toHaveLength(2)
    socket.close(1001)
    expect(states.at(-1)).toMatchObject({ status: 'connecting' })
    greet()
    expect(states.at(-1)).toMatchObject({ status: 'online' })
  })

  test('waits for answers to what was asked before', async () => {
    const { clock, start, connection, sockets, greet, heard } = playedConnection()
    const old = await start()
    const asked = connection.link()?.ask<'sync'>({ action: 'sync', room: general, since: 0 })
    connection.renew()
    await clock.settle()
    greet()
    expect(connection.link()).toBeDefined()
    old.answer('sync', { type: 'synced', room: general, messages: [], rev: 10, more: false })
    await expect(asked).resolves.toMatchObject({ rev: 10 })
    expect(heard.at(-1)).toEqual(['synced', false])
    await clock.pass(100)
    expect(old.closedByClient).toBe(1000)
    expect(sockets[1]?.closedByClient).toBeUndefined()
  })

  test('that fails is tried again while the present socket goes on', async () => {
    const { clock, start, connection, latest, sockets, status, greet } = playedConnection()
    const old = await start()
    connection.renew()
    await clock.settle()
    latest().close(1006)
    expect(status()).toBe('online')
    old.tell(told(message(11)))
    await clock.pass(5_000)
    expect(sockets).toHaveLength(3)
    greet()
    expect(old.closedByClient).toBe(1000)
  })

  test('says of what the old socket still tells that it is not current', async () => {
    const { clock, start, connection, greet, heard } = playedConnection()
    const old = await start()
    connection
      .link()
      ?.ask({ action: 'ping' })
      .catch(() => {})
    connection.renew()
    await clock.settle()
    greet()
    old.tell({ type: 'room', room: myRoom() })
    expect(heard.at(-1)).toEqual(['room', false])
  })
})

test('stopping closes everything, also what is only being opened', async () => {
  const { clock, start, connection, sockets, states } = playedConnection()
  await start()
  connection.renew()
  await clock.settle()
  connection.stop()
  expect(sockets.map(({ closedByClient }) => closedByClient)).toEqual([1000, 1000])
  expect(states.at(-1)).toEqual({ status: 'idle' })
  await clock.pass(3 * lifeMs)
  expect(sockets).toHaveLength(2)
})
