import { describe, expect, test } from 'vitest'
import { playedConnection } from './testing/played-connection.ts'
import { general } from './testing/samples.ts'

describe('the heartbeat', () => {
  test('pings with the rooms that are to be named, within the time that the server says', async () => {
    const { clock, start } = playedConnection()
    const socket = await start()
    await clock.pass(23_999)
    expect(socket.sent.map(({ action }) => action)).toEqual(['hello'])
    await clock.pass(3_001)
    expect(socket.sent.at(-1)).toMatchObject({ action: 'ping', rooms: [general] })
  })

  test('ends a connection on which no answer comes', async () => {
    const { clock, start, status, states } = playedConnection()
    const socket = await start()
    await clock.pass(27_000 + 9_999)
    expect(status()).toBe('online')
    await clock.pass(1)
    expect(states.at(-1)).toMatchObject({ status: 'waiting', reason: { code: 'disconnected' } })
    expect(socket.closedByClient).toBe(1000)
  })

  test('counts a refusal as a sign of life', async () => {
    const { clock, start, status } = playedConnection()
    const socket = await start()
    await clock.pass(27_000)
    socket.answer('ping', { type: 'error', code: 'rate_limited', message: '', retry: 1 })
    await clock.pass(20_000)
    expect(status()).toBe('online')
  })

  test('looks at once when the machine wakes', async () => {
    const { start, connection } = playedConnection()
    const socket = await start()
    connection.wake()
    expect(socket.sent.at(-1)?.action).toBe('ping')
  })
})
