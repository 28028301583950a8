import type { Up } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { chat } from './chat.ts'
import type { Command } from './command.ts'
import type { Ports } from './ports/ports.ts'
import { beforeCalls } from './testing/between-calls.ts'
import { fetchFresh } from './testing/convergence/fresh.ts'
import { referenceClient } from './testing/reducer.ts'
import { draft, general, messageId, roomId } from './testing/samples.ts'
import { type TestPerson, testChat } from './testing/test-chat.ts'

const den = roomId('den')

/**
 * Bea has made a private room; Ada, who is in it or not, has a socket that has not said hello. Something can be armed
 * to happen before the n-th call that the engine makes of a store or of connections.
 */
const stage = async (member: boolean) => {
  let bare: Ports | undefined
  let armed: { left: number; readonly act: () => Promise<unknown> } | undefined
  const hook = async (): Promise<void> => {
    const now = armed?.left === 0 ? armed.act : undefined
    if (armed) armed.left -= 1
    await now?.()
  }
  const test = testChat({
    wrap: (ports) => {
      bare = ports
      return { store: beforeCalls(ports.store, hook), connections: beforeCalls(ports.connections, hook) }
    },
  })
  const [bea, ada] = [await test.person('Bea'), await test.person('Ada')]
  const other = chat(bare as Ports)
  const by = (who: TestPerson) => (command: Command) => other.execute(who.actor, command)
  await by(bea)({ action: 'create', room: den, kind: 'private' })
  if (member) await by(bea)({ action: 'invite', room: den, user: ada.id })
  const client = await test.open(ada)
  return {
    ...test,
    /** What somebody does without anything coming between. */
    asBea: by(bea),
    asAda: by(ada),
    other,
    ada,
    bea,
    client,
    isMember: async () => (await test.ports.store.standing(den, ada.id))?.membership !== undefined,
    /** Whether the client hears the room, by the evidence of a message. */
    hears: async (number: number): Promise<boolean> => {
      client.forget()
      await by(bea)({ action: 'send', room: den, id: messageId(number), text: 'hi' })
      return client.heard.some((frame) => frame.type === 'message')
    },
    /** Runs something; whether there was an n-th call that `between` came before. */
    race: async (n: number, run: () => Promise<unknown>, between: () => Promise<unknown>): Promise<boolean> => {
      armed = { left: n, act: between }
      await run()
      const happened = armed.left < 0
      armed = undefined
      return happened
    },
  }
}
type Stage = Awaited<ReturnType<typeof stage>>
type Act = (stage: Stage) => Promise<unknown>

const hello: Up = { action: 'hello', v: 1 }
const remove: Act = ({ asBea, ada }) => asBea({ action: 'remove', room: den, user: ada.id })
const invite: Act = ({ asBea, ada }) => asBea({ action: 'invite', room: den, user: ada.id })
const both =
  (first: Act, second: Act): Act =>
  async (set) => {
    await first(set)
    await second(set)
  }

/** Plays a race before the first call, before the second, and so on while there are calls. How many there were. */
const beforeEachCall = async (member: boolean, play: (set: Stage, n: number) => Promise<boolean>): Promise<number> => {
  for (let n = 0; ; n += 1) if (!(await play(await stage(member), n))) return n
}

describe('[G8][R11][V5] whatever comes between two calls of a greeting', () => {
  const cases: readonly (readonly [string, boolean, Act])[] = [
    ['a removal', true, remove],
    ['an invitation', false, invite],
    ['a removal and an invitation', true, both(remove, invite)],
    ['an invitation and a removal', false, both(invite, remove)],
    ['a message', true, ({ asBea }) => asBea({ action: 'send', room: den, id: messageId(1), text: 'hi' })],
    ['a new topic', true, ({ asBea }) => asBea({ action: 'set', room: den, topic: 'new' })],
    ['a new name', true, ({ asAda }) => asAda({ action: 'rename', name: 'Zoe' })],
    ['a direct room', true, ({ asBea, ada }) => asBea({ action: 'direct', with: [ada.id] })],
    [
      'a moved marker',
      true,
      async ({ asAda, ports, bea }) => {
        await ports.store.appendMessage(draft(1, 0, { from: { id: bea.id, name: 'Bea', kind: 'person' } }))
        await asAda({ action: 'read', room: general, seq: 1 })
      },
    ],
  ]
  test.each(cases)('%s: the client holds what is, and hears what it should', async (_title, member, between) => {
    const calls = await beforeEachCall(member, async (set, n) => {
      const mind = referenceClient()
      mind.begin()
      const greet = async () => {
        const answer = await set.client.say(hello)
        for (const frame of set.client.heard) mind.take(frame)
        mind.takeAnswer(hello, answer)
      }
      const happened = await set.race(n, greet, () => between(set))
      for (let wanted = mind.wants()[0]; wanted; wanted = mind.wants()[0]) {
        mind.takeAnswer(wanted, await set.client.say(wanted))
      }
      expect(mind.state()).toStrictEqual(await fetchFresh(await set.open(set.ada)))
      expect(await set.hears(50)).toBe(await set.isMember())
      return happened
    })
    expect(calls).toBeGreaterThan(5)
  })

  const endings: readonly (readonly [string, Act])[] = [
    [
      'a ban',
      ({ other, ada }) => other.execute({ kind: 'system' }, { action: 'change-account', user: ada.id, banned: true }),
    ],
    ['a signing out', ({ asAda }) => asAda({ action: 'sign-out' })],
  ]
  test.each(endings)('[C3][C4] %s: the socket ends', async (_title, between) => {
    await beforeEachCall(true, async (set, n) => {
      const happened = await set.race(
        n,
        () => set.client.say(hello),
        () => between(set),
      )
      if (happened) expect([4401, 4403]).toContain(set.client.closed?.code)
      return happened
    })
  })

  test('a closing: it is reached by nobody', async () => {
    await beforeEachCall(true, async (set, n) => {
      const close = () => set.other.close(set.client.connection.id)
      const happened = await set.race(n, () => set.client.say(hello), close)
      if (happened) expect(await set.hears(50)).toBe(false)
      return happened
    })
  })
})

describe('[R8][R11] whatever comes between two calls of a change of membership', () => {
  const changing =
    (who: 'ada' | 'bea', command: (set: Stage) => Command): Act =>
    (set) =>
      set.chat.execute(set[who].actor, command(set))
  const inviting = changing('bea', ({ ada }) => ({ action: 'invite', room: den, user: ada.id }))
  const removing = changing('bea', ({ ada }) => ({ action: 'remove', room: den, user: ada.id }))
  const leaving = changing('ada', () => ({ action: 'leave', room: den }))
  const joining = changing('ada', () => ({ action: 'join', room: den }))

  const cases: readonly (readonly [string, boolean, Act, Act])[] = [
    ['an invitation, a removal', false, inviting, remove],
    ['a joining of who is in, a removal', true, joining, remove],
    ['a joining of who is in, a removal and an invitation', true, joining, both(remove, invite)],
    ['a removal, an invitation', true, removing, invite],
    ['a removal, a removal and an invitation', true, removing, both(remove, invite)],
    ['a removal, an invitation and a removal', true, removing, both(invite, remove)],
    ['a leaving, an invitation', true, leaving, invite],
    ['a leaving, a removal and an invitation', true, leaving, both(remove, invite)],
  ]
  test.each(cases)('into %s: members hear, and nobody else', async (_title, member, act, between) => {
    const calls = await beforeEachCall(member, async (set, n) => {
      await set.client.say(hello)
      const happened = await set.race(
        n,
        () => act(set),
        () => between(set),
      )
      expect(await set.hears(50)).toBe(await set.isMember())
      return happened
    })
    expect(calls).toBeGreaterThan(3)
  })

  test.each([
    ['[R11] a removal', remove],
    ['[R6] a leaving', leaving],
  ])('%s that died half way is mended by its repeat', async (_title, repeat) => {
    const set = await stage(true)
    await set.client.say(hello)
    await set.ports.store.removeMember(den, set.ada.id)
    expect(await set.hears(1)).toBe(true)
    expect(await repeat(set)).toMatchObject({ refused: 'not_found' })
    expect(await set.hears(2)).toBe(false)
  })
})
