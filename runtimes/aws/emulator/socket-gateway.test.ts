import { describe, expect, test } from 'vitest'
import { noFaults } from './faults.ts'
import { type Event, routes, started } from './testing/started-gateway.ts'

const failing = (message: string) => async (): Promise<never> => {
  throw new Error(message)
}

describe('the handshake', () => {
  const denied = { policyDocument: { Statement: [{ Effect: 'Deny' }] } }
  test.each([
    ['an authorizer that denies', { authorizer: async () => denied }, 403],
    ['an authorizer that knows nobody', { authorizer: failing('Unauthorized') }, 401],
    ['an authorizer that fails', { authorizer: failing('out of memory') }, 500],
    ['a $connect that answers so', { connect: async () => ({ statusCode: 429 }) }, 429],
    ['a $connect that throws', { connect: failing('no') }, 502],
  ])('is refused by %s', async (_, own, status) => {
    const { open } = await started(own)
    await expect(open()).rejects.toMatchObject({ status })
  })

  test('tells the authorizer what was sent, and every later event what that has said', async () => {
    const { open, events } = await started()
    const { ws, hear } = await open('?ticket=abc')
    ws.send('{"action":"say","text":"x"}')
    await hear()
    expect(events.map(([name]) => name)).toEqual(['authorizer', 'connect', 'message'])
    expect(events[0]?.[1]).toMatchObject({ queryStringParameters: { ticket: 'abc' }, headers: { cookie: 'none' } })
    for (const [, event] of events.slice(1)) expect(event.requestContext.authorizer).toEqual({ user: 'ada' })
  })

  test('gives an id that must be encoded in a path', async () => {
    const { open, idOf } = await started()
    await open()
    expect(idOf()).toMatch(/^[\w-]{15}=$/)
  })

  test('is not over while $connect is under way: a post is answered 410', async () => {
    const connecting = Promise.withResolvers<string>()
    const going = Promise.withResolvers<object>()
    const { gateway, open } = await started({
      connect: (_, event) => {
        connecting.resolve(event.requestContext.connectionId)
        return going.promise
      },
    })
    const opened = open()
    const id = await connecting.promise
    expect(gateway.manage(id, 'too early')).toBe(410)
    going.resolve({ statusCode: 200 })
    const { hear } = await opened
    expect(gateway.manage(id, 'now')).toBe(200)
    expect(await hear()).toBe('now')
  })
})

describe('frames', () => {
  const refusal = (message: string) => ({
    message,
    connectionId: expect.any(String) as string,
    requestId: expect.any(String) as string,
  })

  test('go to the route of their action, and the answer comes back', async () => {
    const { open, events } = await started()
    const { ws, hear } = await open()
    ws.send('{"action":"say","text":"x"}')
    expect(await hear()).toBe('{"action":"say","text":"x"}')
    expect(events.at(-1)?.[1].requestContext.routeKey).toBe('say')
  })

  test.each(['{"action":"shout"}', '{"action":"$connect"}', 'no json', '[]', 'null', '{}'])(
    'of no route (%s) go to $default',
    async (text) => {
      const { open, events } = await started()
      const { ws, hear } = await open()
      ws.send(text)
      expect(await hear()).toBe(text)
      expect(events.at(-1)?.[1].requestContext.routeKey).toBe('$default')
    },
  )

  test('of no route are forbidden where there is no $default', async () => {
    const { $default: _, ...others } = routes
    const { open } = await started({}, { routes: others as typeof routes })
    const { ws, hear } = await open()
    ws.send('{"action":"shout"}')
    expect(JSON.parse(await hear())).toEqual(refusal('Forbidden'))
  })

  test('that fail the model of their route reach no function', async () => {
    const { open, events } = await started()
    const { ws, hear } = await open()
    ws.send('{"action":"say","text":7}')
    expect(JSON.parse(await hear())).toEqual(refusal('Invalid request body'))
    expect(events.map(([name]) => name)).not.toContain('message')
  })

  test('whose function fails are answered so, and the connection goes on', async () => {
    let first = true
    const { open } = await started({
      message: async () => {
        if (!first) return { statusCode: 200, body: 'well' }
        first = false
        throw new Error('no')
      },
    })
    const { ws, hear } = await open()
    ws.send('{"action":"say","text":"x"}')
    expect(JSON.parse(await hear())).toEqual(refusal('Internal server error'))
    ws.send('{"action":"say","text":"x"}')
    expect(await hear()).toBe('well')
  })

  test('of a route without a response are answered by nothing', async () => {
    const { open } = await started()
    const { ws, hear } = await open()
    ws.send('{"action":"quiet"}')
    ws.send('{"action":"say","text":"next"}')
    expect(await hear()).toContain('next')
  })

  test('of one connection are handled at the same time', async () => {
    const second = Promise.withResolvers<object>()
    const { open } = await started({
      message: async (_, { body = '' }) => {
        if (body.includes('first')) return second.promise
        second.resolve({ statusCode: 200, body: 'first' })
        return { statusCode: 200, body: 'second' }
      },
    })
    const { ws, hear } = await open()
    ws.send('{"action":"say","text":"first"}')
    ws.send('{"action":"say","text":"second"}')
    expect([await hear(), await hear()].toSorted()).toEqual(['first', 'second'])
  })

  test('that are binary close with 1003', async () => {
    const { open } = await started()
    const { ws, closed } = await open()
    ws.send(Buffer.from('x'))
    expect(await closed).toBe(1003)
  })

  test('of 32 KiB pass, and larger ones close with 1009', async () => {
    const { open, events } = await started()
    const { ws, closed, hear } = await open()
    ws.send('x'.repeat(32 * 1024))
    expect(await hear()).toHaveLength(32 * 1024)
    ws.send('x'.repeat(32 * 1024 + 1))
    expect(await closed).toBe(1009)
    expect(events.filter(([name]) => name === 'message')).toHaveLength(1)
  })

  test('make messages of 128 KiB together, and larger ones close with 1009', async () => {
    const { open } = await started()
    const { ws, closed, hear } = await open()
    const piece = 'x'.repeat(30 * 1024)
    const sendPieces = (count: number): void => {
      for (let index = 1; index <= count; index += 1) ws.send(piece, { fin: index === count })
    }
    sendPieces(4)
    expect(await hear()).toHaveLength(4 * 30 * 1024)
    sendPieces(5)
    expect(await closed).toBe(1009)
  })
})

describe('connections', () => {
  test('are posted to and closed by their ids; others are gone', async () => {
    const { gateway, open, idOf } = await started()
    const { closed, hear } = await open()
    expect(gateway.manage(idOf(), 'hello')).toBe(200)
    expect(await hear()).toBe('hello')
    expect(gateway.manage(idOf(), 'x'.repeat(128 * 1024 + 1))).toBe(413)
    expect(gateway.manage(idOf(), undefined)).toBe(204)
    await closed
    expect(gateway.manage(idOf(), 'hello')).toBe(410)
    expect(gateway.manage('nobody', 'hello')).toBe(410)
  })

  test('end after ten minutes without a frame', async () => {
    const { clock, open } = await started()
    const { ws, closed, hear } = await open()
    clock.advance(9 * 60_000)
    ws.send('{"action":"say","text":"x"}')
    await hear()
    clock.advance(9 * 60_000)
    ws.send('{"action":"say","text":"x"}')
    await hear()
    clock.advance(10 * 60_000)
    expect(await closed).toBe(1001)
  })

  test('end after two hours, whatever they do', async () => {
    const { clock, open } = await started()
    const { ws, closed, hear } = await open()
    for (let minutes = 0; minutes < 117; minutes += 9) {
      ws.send('{"action":"say","text":"x"}')
      await hear()
      clock.advance(9 * 60_000)
    }
    clock.advance(3 * 60_000)
    expect(await closed).toBe(1001)
  })

  test('tell that they have ended, if that is not lost', async () => {
    const told = Promise.withResolvers<Event>()
    const heard = await started({ disconnect: async (_, event) => told.resolve(event) })
    const { ws } = await heard.open()
    ws.close()
    expect((await told.promise).requestContext).toMatchObject({ routeKey: '$disconnect', authorizer: { user: 'ada' } })
    const lost = await started({}, { faults: { ...noFaults, dropsDisconnect: () => true } })
    const other = await lost.open()
    other.ws.close()
    await other.closed
    expect(lost.gateway.manage(lost.idOf(), 'gone?')).toBe(410)
    expect(lost.events.map(([name]) => name)).not.toContain('disconnect')
  })
})
