import { limits } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import type { Ports } from './ports/ports.ts'
import { Unavailable } from './ports/store.ts'
import { beforeCalls } from './testing/between-calls.ts'
import { refusedAs } from './testing/expected.ts'
import { general, messageId, upTo } from './testing/samples.ts'
import { type TestChatOptions, testChat } from './testing/test-chat.ts'

const secret = 'nobody but the room shall read this'
const send = (number: number, text = secret) => ({ action: 'send', room: 'general', id: messageId(number), text })

const connected = async (options?: TestChatOptions) => {
  const chat = testChat(options)
  const ada = await chat.person('Ada')
  const client = await chat.connect(ada)
  const rev = async () => (await chat.ports.store.revs([general])).get(general)
  return { ...chat, ada, client, rev }
}

describe('before hello and after', () => {
  test('[G3] any other action is refused without effect, and hello is answered as ever', async () => {
    const { open, ada, rev } = await connected()
    const client = await open(ada)
    for (const frame of [send(1), { action: 'ping' }, { action: 'join', room: 'general' }]) {
      expect(await client.say(frame)).toStrictEqual(refusedAs('bad_request'))
    }
    expect(await rev()).toBe(0)
    expect(await client.say({ action: 'hello', v: 1 })).toMatchObject({ type: 'welcome' })
    expect(client.closed).toBeUndefined()
  })

  test('[G4] a second hello and another version are refused, and the connection goes on', async () => {
    const { open, ada, client } = await connected()
    expect(await client.say({ action: 'hello', v: 1 })).toStrictEqual(refusedAs('bad_request'))
    expect(await client.say(send(1))).toMatchObject({ type: 'message' })
    const other = await open(ada)
    for (const v of [2, 0, '1', null]) {
      expect(await other.say({ action: 'hello', v })).toStrictEqual(refusedAs('bad_request'))
    }
    expect(await other.say({ action: 'hello', v: 1 })).toMatchObject({ type: 'welcome', v: 1 })
  })

  test('[G1] a connection that is not registered, or no longer, is told bye', async () => {
    const { client, chat, rev } = await connected()
    await chat.close(client.connection.id)
    expect(await client.say(send(1))).toMatchObject({ type: 'bye', code: 1001, retry: 0 })
    expect(client.closed).toMatchObject({ code: 1001 })
    expect(await rev()).toBe(0)
  })
})

describe('sessions', () => {
  test('[C5] a connection does not outlive its session', async () => {
    const { client, clock, rev, settings } = await withSettings()
    clock.pass(settings.sessionMs)
    expect(await client.say(send(1))).toMatchObject({ type: 'bye', code: 4401, retry: null })
    expect(client.closed).toMatchObject({ code: 4401 })
    expect(await rev()).toBe(0)
  })

  test('[C5][H12] it goes on where the session was renewed, until that ends', async () => {
    const { client, clock, ports, ada, settings } = await withSettings()
    await ports.store.renewSession(ada.actor.session, clock.iso(settings.sessionMs + 10_000))
    clock.pass(settings.sessionMs)
    expect(await client.say(send(1))).toMatchObject({ type: 'message' })
    clock.pass(10_000)
    expect(await client.say(send(2))).toMatchObject({ type: 'bye', code: 4401 })
  })

  test('[A5] hello of an ended session, and of a session of somebody else, is told bye', async () => {
    const { ada, open, ports, person } = await withSettings()
    const bea = await person('Bea')
    const stolen = await open(bea, { session: ada.actor.session })
    expect(await stolen.say({ action: 'hello', v: 1 })).toMatchObject({ type: 'bye', code: 4401 })
    await ports.store.endSession(ada.actor.session)
    const ended = await open(ada)
    expect(await ended.say({ action: 'hello', v: 1 })).toMatchObject({ type: 'bye', code: 4401 })
  })

  /** A session that ends before the lease of a connection does. */
  const withSettings = async () => {
    const set = await connected({ settings: { sessionMs: 60_000 } })
    return { ...set, settings: set.ports.settings }
  }
})

describe('limits', () => {
  test('[L1] a frame of 32 KiB is handled, a bigger one ends the connection without effect', async () => {
    const { client, rev } = await connected()
    const frame = (bytes: number): string => {
      const bare = JSON.stringify({ ...send(1, '한'.repeat(9_000)), ref: '' })
      return bare + ' '.repeat(bytes - Buffer.byteLength(bare))
    }
    expect(await client.sayText(frame(limits.upBytes))).toMatchObject({ type: 'message', ref: '' })
    expect(await client.sayText(frame(limits.upBytes + 1))).toMatchObject({ type: 'bye', code: 1009, retry: null })
    expect(client.closed).toMatchObject({ code: 1009 })
    expect(await rev()).toBe(1)
  })

  test('[L1] bytes are counted, not characters', async () => {
    const { client } = await connected()
    expect(await client.sayText(`"${'한'.repeat(11_000)}"`)).toMatchObject({ type: 'bye', code: 1009 })
  })

  test('[L3][X1] too many frames are refused without effect, and with a time to wait after which it goes on', async () => {
    const { client, clock, rev } = await connected({ framesPerSecond: 2 })
    for (const number of upTo(5)) await client.say(send(number))
    const refused = await client.say(send(6))
    expect(refused).toMatchObject({ type: 'error', code: 'rate_limited', retry: 1, ref: expect.any(String) })
    expect(await rev()).toBe(5)
    clock.pass(1_000)
    expect(await client.say(send(6))).toMatchObject({ type: 'message', rev: 6 })
  })

  test('[L3] frames that cannot be read count too', async () => {
    const { client } = await connected({ framesPerSecond: 2 })
    for (const _ of upTo(5)) expect(await client.sayText('nonsense')).toMatchObject({ code: 'bad_request' })
    expect(await client.sayText('nonsense')).toMatchObject({ code: 'rate_limited' })
  })

  test('[L3] all connections of a user together have twice the rate of one', async () => {
    const { client, connect, ada } = await connected({ framesPerSecond: 2 })
    const [second, third] = [await connect(ada), await connect(ada)]
    for (const _ of upTo(4)) for (const one of [client, second]) await one.say({ action: 'ping' })
    await client.say({ action: 'ping' })
    expect(await third.say({ action: 'ping' })).toMatchObject({ code: 'rate_limited' })
  })

  test('[L3][C1] who goes on regardless is told bye', async () => {
    const { client } = await connected({ framesPerSecond: 2 })
    const answers = []
    while (!client.closed && answers.length < 50) answers.push(await client.say({ action: 'ping' }))
    expect(answers.at(-1)).toMatchObject({ type: 'bye', code: 4429, retry: 10 })
    expect(client.closed).toMatchObject({ code: 4429 })
    expect(answers).toHaveLength(5 + 6 + 1)
  })
})

describe('failures', () => {
  /** A chat whose store throws what it is told to, at a method. */
  const failing = async () => {
    let failure: { method: string; error: Error } | undefined
    const wrap = ({ store }: Ports) => ({
      store: beforeCalls(store, (method) => {
        if (failure?.method === method) throw failure.error
      }),
    })
    const set = await connected({ wrap })
    return {
      ...set,
      fail: (method: string | undefined, error: Error = new Unavailable('full')) => {
        failure = method === undefined ? undefined : { method, error }
      },
    }
  }

  test('[X5][X2][D3] while the storage fails it is unavailable with a time to wait, and then goes on', async () => {
    const { client, fail, rev, log, publisher } = await failing()
    const before = publisher.published.length
    fail('appendMessage')
    expect(await client.say(send(1))).toStrictEqual({ ...refusedAs('unavailable'), retry: 1 })
    expect(publisher.published).toHaveLength(before)
    fail(undefined)
    expect(await client.say(send(1))).toMatchObject({ type: 'message', rev: 1 })
    expect(await rev()).toBe(1)
    expect(log.lines.filter(({ level }) => level === 'error')).toStrictEqual([])
  })

  test('[X3][X1] a fault of the server is internal, logged, and tells neither a stack nor a text', async () => {
    const { client, fail, log } = await failing()
    fail('appendMessage', new TypeError('cannot read /srv/parley/data of undefined'))
    const answer = await client.say(send(1))
    expect(answer).toStrictEqual(refusedAs('internal'))
    expect(JSON.stringify(answer)).not.toMatch(/cannot read|srv|at .*\.ts/)
    expect(log.lines).toMatchObject([{ level: 'error', fields: { action: 'send', err: expect.any(TypeError) } }])
    expect(JSON.stringify(log.lines)).not.toContain(secret)
    fail(undefined)
    expect(await client.say(send(1))).toMatchObject({ type: 'message' })
  })

  test.each(['user', 'session', 'memberships', 'overviews'])(
    '[X5] hello may be said again, or the connection ends, where %s fails',
    async (method) => {
      const { open, ada, fail } = await failing()
      const client = await open(ada)
      fail(method)
      const answer = await client.say({ action: 'hello', v: 1 })
      fail(undefined)
      if (answer.type === 'bye') {
        expect(answer).toMatchObject({ code: 1001, retry: 1 })
        expect(client.closed).toMatchObject({ code: 1001 })
      } else {
        expect(answer).toMatchObject({ code: 'unavailable', retry: 1 })
        expect(await client.say({ action: 'hello', v: 1 })).toMatchObject({ type: 'welcome' })
      }
    },
  )

  test('[X5] hello that fails when the rooms are heard already ends the connection', async () => {
    const { open, ada, fail } = await failing()
    const client = await open(ada)
    fail('overviews')
    expect(await client.say({ action: 'hello', v: 1 })).toMatchObject({ type: 'bye', code: 1001, retry: 1 })
  })

  test('[X5] connections that cannot be asked are unavailable too', async () => {
    let failing = false
    const wrap = ({ connections }: Ports) => ({
      connections: beforeCalls(connections, () => {
        if (failing) throw new Unavailable('busy')
      }),
    })
    const { client } = await connected({ wrap })
    failing = true
    expect(await client.say(send(1))).toMatchObject({ code: 'unavailable' })
    failing = false
    expect(await client.say(send(1))).toMatchObject({ type: 'message' })
  })

  test('[D1] what cannot be published is not acknowledged; the repeat publishes it again', async () => {
    let down = false
    const wrap = ({ publisher }: Ports) => ({
      publisher: {
        publish: (deliveries: Parameters<typeof publisher.publish>[0]) =>
          down ? Promise.reject(new Unavailable('other')) : publisher.publish(deliveries),
      },
    })
    const { client, connect, person, rev } = await connected({ wrap })
    const other = await connect(await person('Bea'))
    down = true
    expect(await client.say(send(1))).toMatchObject({ code: 'unavailable' })
    expect([await rev(), other.heard]).toStrictEqual([1, []])
    down = false
    expect(await client.say(send(1))).toMatchObject({ type: 'message', rev: 1 })
    expect(other.heard).toMatchObject([{ type: 'message', rev: 1 }])
  })
})

test('the order of what is stored, published and answered', async () => {
  const steps: string[] = []
  const wrap = (ports: Ports) => ({
    store: beforeCalls(ports.store, (method) => {
      if (method === 'appendMessage') steps.push('store')
    }),
    publisher: beforeCalls(ports.publisher, () => {
      steps.push('publish')
    }),
  })
  const { client } = await connected({ wrap })
  steps.length = 0
  await client.say(send(1))
  steps.push('answer')
  expect(steps).toStrictEqual(['store', 'publish', 'answer'])
})

test('[H25] what is received is counted, by action and by refusal', async () => {
  const { client, metrics } = await connected()
  await client.say(send(1))
  await client.sayText('nonsense')
  expect(metrics.counted('parley_frames_total', { action: 'send' })).toBe(1)
  expect(metrics.counted('parley_frames_total', { action: 'none' })).toBe(1)
  expect(metrics.counted('parley_refusals_total', { code: 'bad_request' })).toBe(1)
  expect(metrics.observed('parley_receive_seconds')).toHaveLength(3)
})
