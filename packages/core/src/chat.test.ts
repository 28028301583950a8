import { describe, expect, test } from 'vitest'
import { facts, membership } from './testing/samples.ts'
import { testChat } from './testing/test-chat.ts'

const hello = { action: 'hello', v: 1 }

const bystander = async () => {
  const chat = testChat()
  const [ada, bea] = [await chat.person('Ada'), await chat.person('Bea')]
  const watcher = await chat.connect(bea)
  watcher.forget()
  return { ...chat, ada, bea, watcher }
}

describe('presence', () => {
  test('[P1][P2] the first device of a user is told of, and its last; the others are not', async () => {
    const { connect, watcher, ada } = await bystander()
    const phone = await connect(ada)
    expect(watcher.heard).toStrictEqual([{ type: 'presence', user: ada.id, online: true }])
    const laptop = await connect(ada)
    expect(phone.heard).toStrictEqual([])
    await phone.close()
    expect(watcher.heard).toHaveLength(1)
    await laptop.close()
    expect(watcher.heard[1]).toStrictEqual({ type: 'presence', user: ada.id, online: false })
  })

  test('[P1][P8] who has not said hello is not there', async () => {
    const { open, watcher, ada } = await bystander()
    const client = await open(ada)
    const members = () => watcher.say({ action: 'members', room: 'general' })
    expect(await members()).toMatchObject({ members: [{ name: 'Ada', online: false }, { online: true }] })
    await client.close()
    expect(watcher.heard).toStrictEqual([])
  })

  test('[V2][P1] is told in shared rooms only', async () => {
    const { connect, chat, ports, watcher, ada } = await bystander()
    await ports.store.createRoom(facts('den', { kind: 'private' }), [membership('den', 0, { user: ada.id })])
    const { user } = watcher.connection
    await ports.store.removeMember(facts('general').id, user)
    await ports.connections.leave(user, facts('general').id)
    await connect(ada)
    expect(watcher.heard).toStrictEqual([])
    expect(await chat.execute(ada.actor, { action: 'whoami' })).toMatchObject({ name: 'Ada' })
  })

  test('closing again does no harm and tells nobody again', async () => {
    const { connect, chat, watcher, ada } = await bystander()
    const client = await connect(ada)
    watcher.forget()
    await Promise.all([chat.close(client.connection.id), chat.close(client.connection.id)])
    await chat.close(client.connection.id)
    expect(watcher.heard).toStrictEqual([{ type: 'presence', user: ada.id, online: false }])
  })
})

/** A chat in which something happens while memberships are looked up for the so-many-th time from then on. */
const interrupted = async () => {
  let act: (() => Promise<unknown>) | undefined
  let left = 0
  const chat = testChat({
    wrap: ({ store }) => ({
      store: {
        ...store,
        memberships: async (user) => {
          left -= 1
          if (left === 0) await act?.()
          return store.memberships(user)
        },
      },
    }),
  })
  const [ada, bea] = [await chat.person('Ada'), await chat.person('Bea')]
  const watcher = await chat.connect(bea)
  const at = (times: number, what: () => Promise<unknown>): void => {
    left = times
    act = what
  }
  return { ...chat, ada, watcher, at }
}

describe('who comes and goes at once', () => {
  test('[P1] ends as told here, who comes back while it is told gone', async () => {
    const { connect, ada, watcher, at } = await interrupted()
    const phone = await connect(ada)
    at(1, () => connect(ada))
    await phone.close()
    expect(watcher.heard.at(-1)).toStrictEqual({ type: 'presence', user: ada.id, online: true })
  })

  test('[P1] ends as told gone, who goes while it is told here', async () => {
    const { open, ada, watcher, at } = await interrupted()
    const phone = await open(ada)
    at(2, () => phone.close())
    await phone.say(hello).catch(() => {})
    expect(watcher.heard.at(-1)).not.toMatchObject({ online: true })
  })
})

describe('[P3] wake', () => {
  test('ends connections whose lease has run out, and tells that their users are gone', async () => {
    const { connect, chat, clock, ports, watcher, ada } = await bystander()
    const client = await connect(ada)
    clock.pass(60_000)
    await watcher.say({ action: 'ping' })
    await chat.wake()
    expect(client.closed).toBeUndefined()
    watcher.forget()
    clock.pass(30_001)
    await chat.wake()
    expect(client.closed).toMatchObject({ code: 1001 })
    expect(watcher.heard).toStrictEqual([{ type: 'presence', user: ada.id, online: false }])
    expect(await ports.connections.records({ limit: 9 })).toContainEqual(
      expect.objectContaining({ id: client.connection.id, disconnectedAt: clock.iso() }),
    )
    watcher.forget()
    await chat.wake()
    expect(watcher.heard).toStrictEqual([])
  })

  test('a connection whose lease has run out reaches nobody any more and is reached by nobody, also before it', async () => {
    const { connect, chat, clock, watcher, ada } = await bystander()
    const client = await connect(ada)
    clock.pass(60_000)
    await watcher.say({ action: 'ping' })
    clock.pass(40_000)
    client.forget()
    await chat.execute(ada.actor, { action: 'typing', room: facts('general').id })
    expect(client.heard).toStrictEqual([])
    expect(watcher.heard.at(-1)).toMatchObject({ type: 'typing' })
    expect(await client.say({ action: 'ping' })).toMatchObject({ type: 'bye', code: 1001, retry: 0 })
  })

  test('one that cannot be closed keeps no other from it for good', async () => {
    let refuse = true
    const { chat, connect, person, clock, ports } = testChat({
      wrap: ({ sockets }) => ({
        sockets: {
          ...sockets,
          close: async (...closing) => {
            if (refuse) throw new Error('the socket is stuck')
            return sockets.close(...closing)
          },
        },
      }),
    })
    const clients = [await connect(await person('Ada')), await connect(await person('Bea'))]
    clock.pass(100_000)
    await chat.wake().catch(() => undefined)
    refuse = false
    await chat.wake()
    for (const { connection } of clients) expect(await ports.connections.state(connection.id)).toBeUndefined()
    expect(await ports.connections.expired(clock.iso())).toStrictEqual([])
  })
})

describe('the engine made anew for every call', () => {
  test('[G1][S1][P1] keeps nothing itself', async () => {
    const { open, person, connect } = testChat({ anew: true })
    const [ada, bea] = [await open(await person('Ada')), await connect(await person('Bea'))]
    expect(await ada.say(hello)).toMatchObject({ type: 'welcome' })
    expect(bea.heard).toMatchObject([{ type: 'presence' }])
    await ada.say({ action: 'send', room: 'general', id: ada.connection.user, text: 'hi' })
    expect(bea.heard.at(-1)).toMatchObject({ type: 'message', rev: 1 })
  })
})
