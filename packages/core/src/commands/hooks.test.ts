import { describe, expect, test } from 'vitest'
import { accepted, botRoom } from '../testing/bot-room.ts'
import { refusal } from '../testing/expected.ts'
import { facts, general, membership, roomId } from '../testing/samples.ts'

const nobody = { kind: 'nobody', address: '', mayBeGuest: false } as const

const hooked = async () => {
  const room = await botRoom()
  const { hook, secret } = accepted(
    await room.chat.execute(room.owner.actor, { action: 'add-hook', room: general, name: 'Build' }),
  )
  const client = await room.connect(room.ada)
  client.forget()
  const call = (text: string, by = secret) => room.chat.execute(nobody, { action: 'call-hook', secret: by, text })
  return { ...room, hook, secret, client, call }
}

describe('a webhook', () => {
  test('[H35] says something in its room, as a bot of its name', async () => {
    const { hook, call, client, ports } = await hooked()
    expect(await call('It is built.')).toMatchObject({
      type: 'message',
      message: { room: general, from: { id: hook.id, name: 'Build', kind: 'bot' }, text: 'It is built.' },
    })
    await call('It is built.')
    expect(client.heard).toMatchObject([{ message: { rev: 1 } }, { message: { rev: 2 } }])
    expect((await ports.store.revs([general])).get(general)).toBe(2)
  })

  test('[H35] has a secret that is told once and kept nowhere', async () => {
    const { chat, owner, hook, secret, ports, clock } = await hooked()
    expect(hook).toStrictEqual({ id: hook.id, name: 'Build', room: general, createdAt: clock.iso() })
    expect(await chat.execute(owner.actor, { action: 'list-hooks' })).toStrictEqual([hook])
    const account = await ports.store.user(hook.id)
    expect(account?.bot?.hook?.hash).toMatch(/^[\w-]{43}$/)
    expect(JSON.stringify(account)).not.toContain(secret.split('.')[1])
  })

  test('[H35] without its secret, or taken away, is not found; what it said stays', async () => {
    const { chat, owner, hook, call, secret, ports } = await hooked()
    await call('hello')
    expect(await call('x', `${secret}x`)).toStrictEqual(refusal('not_found'))
    expect(await call('x', hook.id)).toStrictEqual(refusal('not_found'))
    expect(await call('x', secret.replace(hook.id, owner.id))).toStrictEqual(refusal('not_found'))
    expect(await call('x', '')).toStrictEqual(refusal('not_found'))
    expect(await chat.execute(owner.actor, { action: 'remove-hook', user: hook.id })).toBeNull()
    expect(await call('x')).toStrictEqual(refusal('not_found'))
    expect(await chat.execute(owner.actor, { action: 'list-hooks' })).toStrictEqual([])
    expect(await chat.execute(owner.actor, { action: 'remove-hook', user: hook.id })).toStrictEqual(
      refusal('not_found'),
    )
    expect((await ports.store.history(general, {}, { limit: 9, bytes: 9_999 })).messages).toHaveLength(1)
  })

  test('[H35] is made by admins who may decide about the room, under a name that is free, and in no direct room', async () => {
    const { chat, owner, ada, bea, ports } = await hooked()
    const add = (actor: typeof ada.actor, room: string, name: string) =>
      chat.execute(actor, { action: 'add-hook', room: roomId(room), name })
    expect(await add(ada.actor, 'general', 'Other')).toStrictEqual(refusal('forbidden'))
    expect(await add(owner.actor, 'general', 'BUILD')).toStrictEqual(refusal('conflict'))
    await ports.store.createRoom(facts('den', { kind: 'private' }), [membership('den', 0, { user: ada.id })])
    expect(await add(owner.actor, 'den', 'Other')).toStrictEqual(refusal('not_found'))
    expect(await add(owner.actor, 'nowhere', 'Other')).toStrictEqual(refusal('not_found'))
    const { room } = accepted(await chat.execute(owner.actor, { action: 'direct', with: [bea.id] }))
    expect(await add(owner.actor, room.id, 'Other')).toStrictEqual(refusal('forbidden'))
    expect(await chat.execute(ada.actor, { action: 'list-hooks' })).toStrictEqual(refusal('forbidden'))
  })

  test('is no bot in the list of bots, and a bot is no webhook', async () => {
    const { chat, owner, hook, bot } = await hooked()
    const poet = await bot('Poet')
    const bots = accepted(await chat.execute(owner.actor, { action: 'list-bots' }))
    expect(bots.map(({ id }) => id)).not.toContain(hook.id)
    expect(await chat.execute(owner.actor, { action: 'remove-hook', user: poet })).toStrictEqual(refusal('not_found'))
  })

  test('that was removed from its room says nothing there', async () => {
    const { call, hook, ports, chat, owner } = await hooked()
    await ports.store.createRoom(facts('den', { kind: 'private' }), [
      membership('den', 0, { user: owner.id, role: 'admin' }),
    ])
    const den = accepted(await chat.execute(owner.actor, { action: 'add-hook', room: roomId('den'), name: 'Den' }))
    expect(await call('hi', den.secret)).toMatchObject({ message: { room: 'den' } })
    await ports.store.removeMember(roomId('den'), den.hook.id)
    expect(await call('hi', den.secret)).toStrictEqual(refusal('not_found'))
    await ports.store.removeMember(general, hook.id)
    expect(await call('hi')).toStrictEqual(refusal('forbidden'))
  })

  test('that calls too often is told to wait', async () => {
    const room = await botRoom({ framesPerSecond: 1 })
    const { secret } = accepted(
      await room.chat.execute(room.owner.actor, { action: 'add-hook', room: general, name: 'Build' }),
    )
    const call = () => room.chat.execute(nobody, { action: 'call-hook', secret, text: 'x' })
    for (let count = 0; count < 6; count += 1) expect(await call()).toMatchObject({ type: 'message' })
    expect(await call()).toMatchObject({ refused: 'rate_limited', retry: expect.any(Number) })
    room.clock.pass(1_000)
    expect(await call()).toMatchObject({ type: 'message' })
  })
})
