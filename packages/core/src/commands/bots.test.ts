import { limits, type RoomId, type UserId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { assistantId } from '../bots.ts'
import { accepted, botRoom } from '../testing/bot-room.ts'
import { refusal } from '../testing/expected.ts'
import { facts, general, membership, roomId, userId } from '../testing/samples.ts'
import { testChat } from '../testing/test-chat.ts'

const system = { kind: 'system' } as const
const nobody = { kind: 'nobody', address: '', mayBeGuest: false } as const

describe('the assistant', () => {
  test('is there from the start, a member of general, once', async () => {
    const { chat, ports } = await botRoom()
    expect(await chat.execute(system, { action: 'add-assistant' })).toBeNull()
    const assistant = { id: assistantId, name: 'assistant', kind: 'bot', role: 'member', bot: { runs: 'here' } }
    expect(await ports.store.bots()).toMatchObject([assistant])
    expect(await ports.store.memberships(assistantId)).toMatchObject([{ room: general }])
  })

  test('keeps the name that it was given', async () => {
    const { chat, ports } = await botRoom()
    await chat.execute(system, { action: 'change-bot', user: assistantId, name: 'Helper' })
    await chat.execute(system, { action: 'add-assistant' })
    expect(await ports.store.bots()).toMatchObject([{ id: assistantId, name: 'Helper' }])
  })

  test('has another name where somebody has that one', async () => {
    const { chat, ports, person } = testChat()
    await person('Assistant')
    await chat.execute(system, { action: 'add-assistant' })
    expect(await ports.store.bots()).toMatchObject([{ id: assistantId, name: 'parley-assistant' }])
  })

  test('is made by the server only', async () => {
    const { chat, owner } = await botRoom()
    expect(await chat.execute(owner.actor, { action: 'add-assistant' })).toStrictEqual(refusal('forbidden'))
  })
})

describe('bots', () => {
  test('[H31] are made, listed and changed by admins', async () => {
    const { chat, owner, clock } = await botRoom()
    const bot = accepted(
      await chat.execute(owner.actor, {
        ...{ action: 'add-bot', name: 'Poet', runs: 'here', model: 'other', instructions: 'Rhyme.' },
      }),
    )
    const poet = { id: bot.id, name: 'Poet', runs: 'here', model: 'other', instructions: 'Rhyme.', banned: false }
    expect(bot).toStrictEqual({ ...poet, createdAt: clock.iso() })
    const list = async () => accepted(await chat.execute(owner.actor, { action: 'list-bots' }))
    expect(await list()).toMatchObject(
      [{ id: bot.id }, { id: assistantId, name: 'assistant', runs: 'here' }].toSorted(byId),
    )
    const change = { action: 'change-bot', user: bot.id, model: null, instructions: 'Sing.' } as const
    const { model: _model, ...rest } = { ...poet, instructions: 'Sing.', createdAt: clock.iso() }
    expect(await chat.execute(owner.actor, change)).toStrictEqual(rest)
    expect(
      await chat.execute(owner.actor, { action: 'change-bot', user: bot.id, instructions: null }),
    ).not.toHaveProperty('instructions')
  })

  test('[H31] are for admins only', async () => {
    const { chat, ada, guest, ports } = await botRoom()
    const gus = await guest('Gus')
    const all = [
      { action: 'list-bots' },
      { action: 'add-bot', name: 'Poet', runs: 'here' },
      { action: 'change-bot', user: assistantId, name: 'Poet' },
      { action: 'make-bot-token', user: assistantId },
    ] as const
    for (const command of all) {
      for (const { actor } of [ada, gus]) {
        expect(await chat.execute(actor, command)).toStrictEqual(refusal('forbidden'))
      }
      expect(await chat.execute(nobody, command)).toStrictEqual(refusal('unauthorized'))
    }
    expect(await ports.store.bots()).toHaveLength(1)
  })

  test('[H31] with a name that is taken, or a model that is not named, are refused', async () => {
    const { chat, owner, ada } = await botRoom()
    const add = (name: string, model?: string) =>
      chat.execute(owner.actor, { action: 'add-bot', name, runs: 'here', ...(model !== undefined && { model }) })
    expect(await add('ADA')).toStrictEqual(refusal('conflict'))
    expect(await add('Assistant')).toStrictEqual(refusal('conflict'))
    expect(await add('Poet', 'unknown')).toStrictEqual(refusal('bad_request'))
    const change = { action: 'change-bot', user: assistantId } as const
    expect(await chat.execute(owner.actor, { ...change, name: 'Ada' })).toStrictEqual(refusal('conflict'))
    expect(await chat.execute(owner.actor, { ...change, model: 'unknown' })).toStrictEqual(refusal('bad_request'))
    expect(await chat.execute(owner.actor, { ...change, user: ada.id })).toStrictEqual(refusal('not_found'))
    expect(await chat.execute(owner.actor, { ...change, user: userId(77) })).toStrictEqual(refusal('not_found'))
  })

  test('there are so many at most', async () => {
    const { chat, owner } = await botRoom()
    for (let number = 1; number < limits.botsMax; number += 1) {
      accepted(await chat.execute(system, { action: 'add-bot', name: `bot ${number}`, runs: 'here' }))
    }
    const one = { action: 'add-bot', name: 'one more', runs: 'here' } as const
    expect(await chat.execute(owner.actor, one)).toStrictEqual(refusal('conflict'))
    const hook = { action: 'add-hook', name: 'one more', room: general } as const
    expect(await chat.execute(owner.actor, hook)).toStrictEqual(refusal('conflict'))
  })

  test('a new name is told to who shares a room with it', async () => {
    const { chat, owner, connect, ada } = await botRoom()
    const client = await connect(ada)
    client.forget()
    await chat.execute(owner.actor, { action: 'change-bot', user: assistantId, name: 'Helper' })
    expect(client.heard).toStrictEqual([{ type: 'user', user: { id: assistantId, name: 'Helper', kind: 'bot' } }])
  })
})

describe("a program's token", () => {
  const program = async () => {
    const room = await botRoom()
    const bot = accepted(await room.chat.execute(system, { action: 'add-bot', name: 'program', runs: 'outside' }))
    const make = async () =>
      accepted(await room.chat.execute(room.owner.actor, { action: 'make-bot-token', user: bot.id }))
    const authenticate = (token: string) => room.chat.execute(nobody, { action: 'authenticate', token })
    return { ...room, bot, make, authenticate }
  }

  test('[H32] lets it in as that bot, for a year', async () => {
    const { make, authenticate, bot, clock, chat } = await program()
    const { token, expiresAt } = await make()
    const year = 365 * 24 * 60 * 60 * 1000
    expect(expiresAt).toBe(clock.iso(year))
    expect(await authenticate(token)).toMatchObject({ user: bot.id, expiresAt })
    clock.pass(year - 1_000)
    const { session } = accepted(await authenticate(token))
    const actor = { kind: 'user', user: bot.id, session } as const
    expect(await chat.execute(actor, { action: 'whoami' })).toMatchObject({
      name: 'program',
      kind: 'bot',
      role: 'member',
    })
    clock.pass(1_000)
    expect(await authenticate(token)).toStrictEqual(refusal('unauthorized'))
  })

  test('[H32] ends those that there were, and their sockets', async () => {
    const { make, authenticate, bot, open, ports } = await program()
    const first = await make()
    const { session } = accepted(await authenticate(first.token))
    const account = await ports.store.user(bot.id)
    if (!account) throw new Error('there is no such bot')
    const client = await open({ ...account, actor: { kind: 'user', user: bot.id, session } })
    await client.say({ action: 'hello', v: 1 })
    const second = await make()
    expect(client.closed).toMatchObject({ code: 4401 })
    expect(await authenticate(first.token)).toStrictEqual(refusal('unauthorized'))
    expect(await authenticate(second.token)).toMatchObject({ user: bot.id })
  })

  test('[H32] is for programs only', async () => {
    const { chat, owner, ada } = await program()
    const make = (user: UserId) => chat.execute(owner.actor, { action: 'make-bot-token', user })
    expect(await make(assistantId)).toStrictEqual(refusal('conflict'))
    expect(await make(ada.id)).toStrictEqual(refusal('not_found'))
    const { hook } = accepted(await chat.execute(owner.actor, { action: 'add-hook', room: general, name: 'hook' }))
    expect(await make(hook.id)).toStrictEqual(refusal('not_found'))
  })

  test('[H31] is worth nothing when the bot is banned, and none is made', async () => {
    const { make, authenticate, chat, owner, bot } = await program()
    const { token } = await make()
    const ban = { action: 'change-bot', user: bot.id, banned: true } as const
    expect(await chat.execute(owner.actor, ban)).toMatchObject({ banned: true })
    expect(await authenticate(token)).toStrictEqual(refusal('unauthorized'))
    expect(await chat.execute(owner.actor, { action: 'make-bot-token', user: bot.id })).toStrictEqual(
      refusal('forbidden'),
    )
  })

  test('a bot has no password, and cannot sign in', async () => {
    const { chat } = await program()
    const signIn = { action: 'sign-in', username: 'program', password: 'undefined' } as const
    expect(await chat.execute(nobody, signIn)).toStrictEqual(refusal('unauthorized'))
  })
})

describe('what is set for the bots of a room', () => {
  const settings = { speaks: 'always', model: 'other', temperature: 0.5, instructions: 'Be brief.' } as const
  const room = async () => {
    const chat = await botRoom()
    const den = roomId('den')
    await chat.ports.store.createRoom(facts('den', { kind: 'private' }), [
      membership('den', 0, { user: chat.ada.id, role: 'admin' }),
      membership('den', 0, { user: chat.bea.id }),
    ])
    const see = (actor: typeof chat.ada.actor, place: RoomId = den) =>
      chat.chat.execute(actor, { action: 'see-room-bot', room: place })
    const set = (actor: typeof chat.ada.actor, bot: object) =>
      chat.chat.execute(actor, { action: 'set', room: den, bot })
    return { ...chat, den, see, set }
  }

  test('[U5][U6] is set by its admins, told to all in part, and seen whole by its admins', async () => {
    const { set, see, ada, bea, owner, connect } = await room()
    const client = await connect(bea)
    client.forget()
    expect(await set(ada.actor, settings)).toMatchObject({ type: 'room', room: { id: 'den' } })
    const told = { speaks: 'always', asks: 'everybody', stops: 'asker', answersBots: false, model: 'other' }
    expect(client.heard).toMatchObject([{ type: 'room', room: { id: 'den', bot: told } }])
    expect(client.heard[0]).not.toMatchObject({ room: { bot: { instructions: 'Be brief.' } } })
    expect(await see(ada.actor)).toMatchObject({ facts: { bot: settings }, models: ['scripted', 'other'] })
    expect(await see(bea.actor)).toStrictEqual(refusal('forbidden'))
    expect(await see(owner.actor)).toStrictEqual(refusal('not_found'))
    expect(await see(owner.actor, general)).toMatchObject({ facts: { id: 'general' } })
  })

  test('[U5] is merged with what was set; null takes back', async () => {
    const { set, see, ada } = await room()
    await set(ada.actor, settings)
    await set(ada.actor, { temperature: null, topP: 0.9 })
    const { temperature: _temperature, ...rest } = settings
    expect(accepted(await see(ada.actor)).facts.bot).toStrictEqual({ ...rest, topP: 0.9 })
  })

  test('[U5] is for its admins, and for bots and models that there are', async () => {
    const { set, see, ada, bea } = await room()
    expect(await set(bea.actor, { speaks: 'off' })).toStrictEqual(refusal('forbidden'))
    expect(await set(ada.actor, { model: 'unknown' })).toStrictEqual(refusal('bad_request'))
    expect(await set(ada.actor, { bot: bea.id })).toStrictEqual(refusal('not_found'))
    expect(await set(ada.actor, { bot: userId(77) })).toStrictEqual(refusal('not_found'))
    expect(await set(ada.actor, { bot: assistantId })).toMatchObject({ room: { bot: { bot: assistantId } } })
    expect(accepted(await see(ada.actor)).facts.bot).toStrictEqual({ bot: assistantId })
  })

  test('[H33] models are named to everybody who is signed in', async () => {
    const { chat, ada, guest } = await room()
    for (const { actor } of [ada, await guest('Gus')]) {
      const listed = await chat.execute(actor, { action: 'list-models' })
      expect(listed).toStrictEqual({ models: ['scripted', 'other'], configured: false })
    }
    expect(await chat.execute(nobody, { action: 'list-models' })).toStrictEqual(refusal('unauthorized'))
  })
})

const byId = (one: { readonly id: UserId }, other: { readonly id: UserId }): number => (one.id < other.id ? -1 : 1)
