import type { MessageId, RoomId } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { assistantId } from '../bots.ts'
import { isRefusal, type Refusal } from '../refusal.ts'
import { testChat } from '../testing/test-chat.ts'

const general = 'general' as RoomId
const visitor = { kind: 'nobody', address: '192.0.2.1', mayBeGuest: true } as const
const unwelcome = { ...visitor, mayBeGuest: false } as const
const system = { kind: 'system' } as const
const idOf = (number: number) => `00000002-0000-4000-8000-${String(number).padStart(12, '0')}` as MessageId

const granted = async <T>(answer: Promise<T | Refusal>): Promise<T> => {
  const given = await answer
  if (isRefusal(given)) throw new Error(given.message)
  return given
}
const codeOf = (answer: unknown) => (isRefusal(answer) ? answer.refused : 'granted')

describe('a visitor', () => {
  test('is a new guest each time, with a session; under a name like that of an account', async () => {
    const world = testChat()
    await world.person('Ann')
    const [one, two] = [
      await granted(world.chat.execute(visitor, { action: 'visit', name: 'ann' })),
      await granted(world.chat.execute(visitor, { action: 'visit', name: 'Bob' })),
    ]
    expect([one.name, two.name]).toEqual(['ann (guest)', 'Bob'])
    expect(await world.ports.store.session(one.session)).toMatchObject({ user: one.user, expiresAt: one.expiresAt })
    expect(await world.ports.store.user(two.user)).toMatchObject({ kind: 'guest', role: 'guest', name: 'Bob' })
  })

  test('with a key is always the same guest, unless that is banned', async () => {
    const world = testChat()
    const visit = () => world.chat.execute(visitor, { action: 'visit', name: 'Bob', key: 'rooms 7 Bob' })
    const [one, two] = await Promise.all([granted(visit()), granted(visit())])
    expect(one.user).toBe(two.user)
    const other = await granted(world.chat.execute(visitor, { action: 'visit', name: 'Bob', key: 'rooms 8 Bob' }))
    expect(other.user).not.toBe(one.user)
    await world.chat.execute(system, { action: 'change-account', user: one.user, banned: true })
    expect(codeOf(await visit())).toBe('forbidden')
  })

  test('finds or makes public rooms; others are none', async () => {
    const world = testChat()
    const ann = await world.person('Ann')
    const den = 'den' as RoomId
    await world.chat.execute(ann.actor, { action: 'create', room: den, kind: 'private' })
    const into = (room: string) => world.chat.execute(visitor, { action: 'visit-room', room: room as RoomId })
    expect(codeOf(await into('general'))).toBe('granted')
    expect(codeOf(await into('new'))).toBe('granted')
    expect(await world.ports.store.room('new' as RoomId)).toMatchObject({ kind: 'public', name: 'new' })
    expect([codeOf(await into('den')), codeOf(await into('direct-7'))]).toEqual(['not_found', 'not_found'])
    const read = (room: string) => world.chat.execute(visitor, { action: 'read-said', room: room as RoomId })
    await world.chat.execute(ann.actor, { action: 'send', room: den, id: idOf(1), text: 'a secret' })
    expect(await read('den')).toEqual([])
    expect(await read('nowhere')).toEqual([])
    const company = await world.chat.execute(visitor, { action: 'list-company', dialect: 'parley', room: den })
    expect(codeOf(company)).toBe('not_found')
  })

  test('is told who of a dialect hears a room', async () => {
    const world = testChat()
    const ann = await world.connect(await world.person('Ann'))
    const list = (dialect: string) => world.chat.execute(visitor, { action: 'list-company', dialect, room: general })
    expect(await list('parley')).toMatchObject([{ id: ann.connection.id }])
    expect(await list('rooms')).toEqual([])
  })

  test('announces to everybody', async () => {
    const world = testChat()
    const ann = await world.connect(await world.person('Ann'))
    expect(await world.chat.execute(visitor, { action: 'announce', name: 'Broadcast', text: 'news' })).toBeNull()
    expect(ann.heard).toMatchObject([{ type: 'broadcast', text: 'news', from: { name: 'Broadcast', kind: 'guest' } }])
  })

  test('may do nothing where guests are refused, and nobody else does what visitors do', async () => {
    const world = testChat()
    const ann = await world.person('Ann')
    for (const command of [
      { action: 'visit', name: 'Bob' },
      { action: 'visit', name: 'Bob', key: 'key' },
      { action: 'visit-room', room: general },
      { action: 'read-said', room: general },
      { action: 'list-company', dialect: 'rooms', room: general },
      { action: 'announce', name: 'Bob', text: 'news' },
    ] as const) {
      for (const actor of [unwelcome, ann.actor, system]) {
        expect(codeOf(await world.chat.execute(actor, command)), command.action).toBe('forbidden')
      }
    }
  })

  test('has its rates, by its address', async () => {
    const world = testChat({ framesPerSecond: 1 })
    const codes: string[] = []
    for (let count = 0; count < 8; count += 1) {
      codes.push(codeOf(await world.chat.execute(visitor, { action: 'read-said', room: general })))
    }
    expect([codes[0], codes.at(-1)]).toEqual(['granted', 'rate_limited'])
    const elsewhere = { ...visitor, address: '192.0.2.2' }
    expect(codeOf(await world.chat.execute(elsewhere, { action: 'visit', name: 'Bob' }))).toBe('granted')
    expect(codeOf(await world.chat.execute(elsewhere, { action: 'visit', name: 'Bob' }))).toBe('rate_limited')
  })
})

describe('what only the server itself asks', () => {
  test('whether an account is known, and whose a session is while it lasts', async () => {
    const world = testChat()
    const ann = await world.person('Ann')
    await world.guest('Bob')
    const knows = (name: string) => world.chat.execute(system, { action: 'knows-account', name })
    expect([await knows(' ann '), await knows('Bob'), await knows('Nobody')]).toEqual([true, false, false])
    const resume = () => world.chat.execute(system, { action: 'resume', session: ann.actor.session })
    expect(await resume()).toMatchObject({ user: ann.id, session: ann.actor.session })
    await world.ports.store.endSession(ann.actor.session)
    expect(codeOf(await resume())).toBe('unauthorized')
    for (const actor of [visitor, ann.actor]) {
      expect(codeOf(await world.chat.execute(actor, { action: 'knows-account', name: 'Ann' }))).toBe('forbidden')
      expect(codeOf(await world.chat.execute(actor, { action: 'resume', session: ann.actor.session }))).toBe(
        'forbidden',
      )
    }
  })
})

describe('going by a name', () => {
  test('takes it, or one like it', async () => {
    const world = testChat()
    await world.person('Ann')
    const bob = await world.guest('Bob')
    const goBy = (name: string) => world.chat.execute(bob.actor, { action: 'go-by', name })
    expect(await goBy('Bill')).toEqual({ name: 'Bill' })
    expect(await goBy('ANN')).toEqual({ name: 'ANN (guest)' })
    await world.person('x'.repeat(40))
    expect(await goBy('x'.repeat(40))).toEqual({ name: `${'x'.repeat(32)} (guest)` })
    expect(await world.ports.store.user(bob.id)).toMatchObject({ name: `${'x'.repeat(32)} (guest)` })
  })
})

describe('relaying', () => {
  test('keeps a bag with the message, and hands it on to the reply of the bot that it asks', async () => {
    const world = testChat()
    await world.chat.execute(system, { action: 'add-assistant' })
    const ann = await world.person('Ann')
    const asks = { bot: assistantId, model: 'other', parameters: { temperature: 0 } }
    const said = { action: 'relay', room: general, id: idOf(1), text: 'no name in it', bag: 'a bag', asks } as const
    await granted(world.chat.execute(ann.actor, said))
    expect(world.jobs.kept).toMatchObject([{ prompt: idOf(1), bot: assistantId, asker: ann.id, model: 'other' }])
    expect(world.jobs.kept[0]).toMatchObject({ parameters: { temperature: 0 } })
    const bot = { kind: 'service', user: assistantId } as const
    const start = { action: 'begin-reply', room: general, prompt: idOf(1), asker: ann.id } as const
    const begun = await granted(world.chat.execute(bot, start))
    if (begun.state !== 'begun') throw new Error('it does not begin')
    const { run, message } = begun
    await world.chat.execute(bot, { action: 'end-reply', room: general, id: message.id, run, text: 'x', ended: 'done' })
    const messages = await granted(world.chat.execute(visitor, { action: 'read-said', room: general }))
    expect(messages.map(({ bag }) => bag)).toEqual(['a bag', 'a bag'])
    const changes = world.publisher.published.flatMap(({ event }) => (event.type === 'message-changed' ? [event] : []))
    expect(changes.map(({ said: whole, stored }) => [stored.message.text, whole])).toEqual([
      ['no name in it', true],
      ['', undefined],
      ['x', true],
    ])
  })

  test('asks nobody where the room lets nobody be asked, and is refused where its user may not write', async () => {
    const world = testChat()
    await world.chat.execute(system, { action: 'add-assistant' })
    const boss = await world.person('Boss', { role: 'admin' })
    const bob = await world.guest('Bob')
    const relay = (number: number, room = general) =>
      world.chat.execute(bob.actor, { action: 'relay', room, id: idOf(number), text: 'hi', asks: { bot: assistantId } })
    await world.chat.execute(boss.actor, { action: 'set', room: general, bot: { asks: 'members' } })
    await granted(relay(1))
    await world.chat.execute(boss.actor, { action: 'set', room: general, bot: { asks: null, speaks: 'off' } })
    await granted(relay(2))
    expect(world.jobs.kept).toEqual([])
    await world.chat.execute(boss.actor, { action: 'create', room: 'den' as RoomId, kind: 'private' })
    expect(codeOf(await relay(3, 'den' as RoomId))).toBe('not_found')
  })
})
