import type { ConnectionId, RoomId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import type { Connection } from './actor.ts'
import type { Target } from './ports/connections.ts'
import type { Dialect } from './ports/dialect.ts'
import { refuse } from './refusal.ts'
import { type TestChat, type TestChatOptions, type TestPerson, testChat } from './testing/test-chat.ts'

const general = 'general' as RoomId

/** Its clients say no hello; who has a bag hears, and hears it with each frame. */
const old: Dialect = {
  name: 'old',
  decode: (frame) => {
    if (frame === 'fail') return { act: () => Promise.reject(new Error('it fails')) }
    if (frame === 'name') return { act: async ({ self }) => refuse('conflict', `You are ${self.bag}.`) }
    return {
      act: async ({ keep, all, tell }) => {
        await keep(frame)
        await tell(`there: ${(await all()).map(({ bag }) => bag)}`)
        return undefined
      },
    }
  },
  encodeAnswer: () => undefined,
  encodeRefusal: ({ refused, message }, _ref, { id }) => `${refused} ${id} ${message}`,
  encodeEvent: () => 'never, since not all are told the same',
  encodeEventFor: (event, { bag }) => {
    if (event.type === 'company-told') return event.frame
    return event.type === 'message-changed' && event.said && bag !== undefined
      ? `${bag} hears ${event.stored.message.text}`
      : undefined
  },
  stay: {
    rooms: () => [general],
    opened: ({ tell, self }) => tell(`${self.bag} came`),
    closed: ({ tell, self }) => tell(`${self.bag} went`),
  },
}

const chatWith = (options: TestChatOptions = {}) => {
  const sent: [ConnectionId, string][] = []
  const gone = new Set<ConnectionId>()
  const world = testChat({
    ...options,
    dialects: [old],
    wrap: () => ({
      sockets: {
        send: async (to, frame) => {
          for (const id of to) if (!gone.has(id)) sent.push([id, frame])
          return to.filter((id) => gone.has(id))
        },
        close: async (id) => {
          sent.push([id, 'closed'])
        },
      },
    }),
  })
  return { ...world, gone, heard: () => sent.splice(0) }
}

const connectionOf = ({ clock }: TestChat, word: string, person: TestPerson, bag?: string): Connection => ({
  id: word as ConnectionId,
  user: person.id,
  session: person.actor.session,
  dialect: 'old',
  expiresAt: clock.iso(86_400_000),
  ...(bag !== undefined && { bag }),
})

const arrive = async (world: TestChat, word: string, person: TestPerson, bag?: string): Promise<Connection> => {
  const connection = connectionOf(world, word, person, bag)
  await world.chat.open(connection)
  await world.chat.begin(connection)
  return connection
}

describe('connections whose clients say no hello', () => {
  test('hear from their beginning on, once, and are told who comes and goes', async () => {
    const world = chatWith()
    const [ann, bob] = [await world.person('Ann'), await world.person('Bob')]
    const a = await arrive(world, 'a', ann, 'A')
    expect(world.heard()).toEqual([['a', 'A came']])
    await world.chat.begin(a)
    expect(world.heard()).toEqual([])
    await arrive(world, 'b', bob, 'B')
    expect(world.heard()).toEqual([
      ['a', 'B came'],
      ['b', 'B came'],
    ])
    await world.chat.close('a' as ConnectionId)
    await world.chat.close('a' as ConnectionId)
    expect(world.heard()).toEqual([['b', 'A went']])
    expect(world.publisher.published.filter(({ event }) => event.type === 'presence-changed')).toHaveLength(3)
  })

  test('are greeted by their first frame if that is quicker than their host', async () => {
    const world = chatWith()
    const connection = connectionOf(world, 'a', await world.person('Ann'))
    await world.chat.open(connection)
    await world.chat.receive(connection, 'Anna')
    expect(world.heard()).toEqual([
      ['a', 'undefined came'],
      ['a', 'there: Anna'],
    ])
    await world.chat.begin(connection)
    expect(world.heard()).toEqual([])
  })

  test('of a session that has ended meanwhile are closed', async () => {
    const world = chatWith()
    const ann = await world.person('Ann')
    const connection = connectionOf(world, 'a', ann)
    await world.chat.open(connection)
    await world.ports.store.endSession(ann.actor.session)
    await world.chat.begin(connection)
    expect(world.heard()).toEqual([['a', 'closed']])
  })

  test('are each told what their bag says of them, as it is now', async () => {
    const world = chatWith()
    const [ann, bob, zoe] = [await world.person('Ann'), await world.person('Bob'), await world.person('Zoe')]
    const a = await arrive(world, 'a', ann)
    await arrive(world, 'b', bob, 'B')
    const id = '00000002-0000-4000-8000-000000000001' as never
    world.heard()
    await world.chat.execute(zoe.actor, { action: 'send', room: general, id, text: 'one' })
    expect(world.heard()).toEqual([['b', 'B hears one']])
    await world.chat.receive(a, 'A')
    expect(world.heard()).toEqual([
      ['a', 'there: A,B'],
      ['b', 'there: A,B'],
    ])
    expect(await world.chat.receive(a, 'name')).toEqual({ frame: 'conflict a You are A.' })
    await world.chat.execute(zoe.actor, { action: 'edit', room: general, id, text: 'two' })
    await world.chat.execute(zoe.actor, { action: 'send', room: general, id, text: 'one' })
    expect(world.heard()).toEqual([])
  })

  test('that are gone are taken away when they are told something, and the others are told so', async () => {
    const world = chatWith()
    const [ann, bob] = [await world.person('Ann'), await world.person('Bob')]
    await arrive(world, 'a', ann, 'A')
    const b = await arrive(world, 'b', bob, 'B')
    world.heard()
    world.gone.add('a' as ConnectionId)
    await world.chat.receive(b, 'B')
    expect(world.heard()).toEqual([
      ['b', 'there: A,B'],
      ['b', 'A went'],
    ])
  })

  test('are refused in their own words when something fails, which is logged', async () => {
    const world = chatWith()
    const a = await arrive(world, 'a', await world.person('Ann'))
    expect(await world.chat.receive(a, 'fail')).toEqual({
      frame: 'internal a Something went wrong on the server.',
    })
    expect(world.log.lines.map(({ level }) => level)).toEqual(['error'])
  })

  test('may have another lease, and are alive by it', async () => {
    const world = chatWith({ settings: { silentLeaseMs: 7_200_000 } })
    const a = await arrive(world, 'a', await world.person('Ann'), 'A')
    world.clock.pass(7_000_000)
    world.heard()
    await world.chat.receive(a, 'A')
    expect(world.heard()).toEqual([['a', 'there: A']])
  })
})

test('a word for one of a company is for that one', async () => {
  const world = chatWith()
  const target: Target = { id: 'b' as ConnectionId, user: (await world.person('Bob')).id, dialect: 'old' }
  await arrive(world, 'a', await world.person('Ann'), 'A')
  world.heard()
  await world.chat.deliver({ event: { type: 'company-told', dialect: 'old', frame: 'psst', to: target } })
  expect(world.heard()).toEqual([['b', 'psst']])
})
