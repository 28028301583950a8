import { describe, expect, test } from 'vitest'
import { accepted, botRoom } from '../testing/bot-room.ts'
import { refusal } from '../testing/expected.ts'
import { userId } from '../testing/samples.ts'
import { testChat } from '../testing/test-chat.ts'

const system = { kind: 'system' } as const
const nobody = { kind: 'nobody', address: '192.0.2.1', mayBeGuest: false } as const
const dayMs = 24 * 60 * 60 * 1000

describe('a link for a password', () => {
  const linked = async () => {
    const room = await botRoom()
    const link = async () =>
      accepted(await room.chat.execute(room.owner.actor, { action: 'make-password-link', user: room.ada.id }))
    const use = (secret: string, password = 'another password') =>
      room.chat.execute(nobody, { action: 'use-password-link', secret, password })
    const signIn = (password: string) => room.chat.execute(nobody, { action: 'sign-in', username: 'Ada', password })
    return { ...room, link, use, signIn }
  }

  test('[H29] sets a password without the old one, signs in, and ends what was open by the old one', async () => {
    const { link, use, signIn, ada, connect, clock } = await linked()
    const client = await connect(ada)
    const { secret, expiresAt } = await link()
    expect(expiresAt).toBe(clock.iso(3 * dayMs))
    expect(await use(secret)).toMatchObject({ user: { id: ada.id, name: 'Ada' }, token: expect.any(String) })
    expect(client.closed).toMatchObject({ code: 4401 })
    expect(await signIn('another password')).toMatchObject({ user: { id: ada.id } })
    expect(await signIn('password of Ada')).toStrictEqual(refusal('unauthorized'))
  })

  test('[H29] works once, and so does only one of several', async () => {
    const { link, use, signIn } = await linked()
    const [first, second] = [await link(), await link()]
    accepted(await use(first.secret))
    expect(await use(first.secret, 'a third one')).toStrictEqual(refusal('unauthorized'))
    expect(await use(second.secret, 'a third one')).toStrictEqual(refusal('unauthorized'))
    expect(await signIn('another password')).toMatchObject({ user: { name: 'Ada' } })
  })

  test('[H29] is worth nothing after a change of the password, or when its time is over', async () => {
    const { link, use, chat, ada, clock } = await linked()
    const { secret } = await link()
    const change = { action: 'change-password', current: 'password of Ada', password: 'own choice' } as const
    expect(await chat.execute(ada.actor, change)).toBeNull()
    expect(await use(secret)).toStrictEqual(refusal('unauthorized'))
    const later = await link()
    clock.pass(3 * dayMs)
    expect(await use(later.secret)).toStrictEqual(refusal('unauthorized'))
  })

  test('[H29] is no token, and a token is no link', async () => {
    const { link, use, chat } = await linked()
    const { secret } = await link()
    expect(await chat.execute(nobody, { action: 'authenticate', token: secret })).toStrictEqual(refusal('unauthorized'))
    const signIn = { action: 'sign-in', username: 'Ada', password: 'password of Ada' } as const
    const { token } = accepted(await chat.execute(nobody, signIn))
    expect(await use(token)).toStrictEqual(refusal('unauthorized'))
    expect(await use('nonsense')).toStrictEqual(refusal('unauthorized'))
  })

  test('lets nobody in who is banned', async () => {
    const { link, use, ports, ada } = await linked()
    const { secret } = await link()
    await ports.store.changeUser(ada.id, { banned: true })
    expect(await use(secret)).toStrictEqual(refusal('forbidden'))
  })

  test('[H29] is made by who may change the account, for people with one', async () => {
    const { chat, ada, bea, owner, person, guest, bot } = await linked()
    const admin = await person('Adam', { role: 'admin' })
    const make = (actor: Parameters<typeof chat.execute>[0], user: typeof ada.id) =>
      chat.execute(actor, { action: 'make-password-link', user })
    expect(await make(bea.actor, ada.id)).toStrictEqual(refusal('forbidden'))
    expect(await make(admin.actor, owner.id)).toStrictEqual(refusal('forbidden'))
    expect(await make(admin.actor, ada.id)).toMatchObject({ secret: expect.any(String) })
    expect(await make(owner.actor, admin.id)).toMatchObject({ secret: expect.any(String) })
    expect(await make(system, owner.id)).toMatchObject({ secret: expect.any(String) })
    const others = [(await guest('Gus')).id, await bot('Poet'), userId(77)]
    for (const other of others) expect(await make(owner.actor, other)).toStrictEqual(refusal('not_found'))
  })

  test('is tried only so often from one address', async () => {
    const { chat } = await botRoom({ framesPerSecond: 1 })
    const use = { action: 'use-password-link', secret: 'nonsense', password: 'another password' } as const
    let refused: unknown = refusal('unauthorized')
    for (let count = 0; count < 10 && JSON.stringify(refused).includes('unauthorized'); count += 1) {
      refused = await chat.execute(nobody, use)
    }
    expect(refused).toMatchObject({ refused: 'rate_limited', retry: expect.any(Number) })
  })
})

describe('the first owner', () => {
  const unowned = async () => {
    const room = testChat()
    const offer = () => room.chat.execute(system, { action: 'offer-ownership' })
    const become = (secret: string, name = 'Olga') =>
      room.chat.execute(nobody, { action: 'become-owner', secret, name, password: 'a password' })
    return { ...room, offer, become }
  }

  test('[H30] is made by the link, and signed in', async () => {
    const { offer, become, chat, clock } = await unowned()
    const { secret, expiresAt } = accepted(await offer())
    expect(expiresAt).toBe(clock.iso(3 * dayMs))
    expect(await become(secret)).toMatchObject({ user: { name: 'Olga', role: 'owner' }, token: expect.any(String) })
    const signIn = { action: 'sign-in', username: 'Olga', password: 'a password' } as const
    expect(await chat.execute(nobody, signIn)).toMatchObject({ user: { role: 'owner' } })
  })

  test('[H30] is made once, by whichever link', async () => {
    const { offer, become, ports } = await unowned()
    const [first, second] = [accepted(await offer()), accepted(await offer())]
    accepted(await become(first.secret))
    for (const { secret } of [first, second]) {
      expect(await become(secret, 'Otto')).toStrictEqual(refusal('unauthorized'))
    }
    expect(await offer()).toStrictEqual(refusal('conflict'))
    expect(await ports.store.accounts({ limit: 10 })).toMatchObject([{ name: 'Olga', role: 'owner' }])
  })

  test('[H30] is one, also when two come at once', async () => {
    const { offer, become, ports } = await unowned()
    const { secret } = accepted(await offer())
    await Promise.all([become(secret, 'Olga'), become(secret, 'Otto')])
    expect(await ports.store.accounts({ limit: 10 })).toHaveLength(1)
  })

  test('[H30] is offered again where the first one is an owner no longer', async () => {
    const { offer, become, ports } = await unowned()
    await become(accepted(await offer()).secret)
    const [first] = await ports.store.accounts({ limit: 10 })
    if (!first) throw new Error('there is nobody')
    await ports.store.changeUser(first.id, { role: 'member' })
    expect(await become(accepted(await offer()).secret, 'Otto')).toMatchObject({
      user: { name: 'Otto', role: 'owner' },
    })
    expect(await ports.store.user(first.id)).toMatchObject({ name: 'Olga', role: 'member' })
  })

  test('[H30] is offered where there are others, but no owner', async () => {
    const { offer, person } = await unowned()
    await person('Ada', { role: 'admin' })
    expect(await offer()).toMatchObject({ secret: expect.any(String) })
    await person('Olga', { role: 'owner' })
    expect(await offer()).toStrictEqual(refusal('conflict'))
  })

  test('[H30] needs a name that is free, and may try another', async () => {
    const { offer, become, person } = await unowned()
    await person('Ada')
    const { secret } = accepted(await offer())
    expect(await become(secret, 'ada')).toStrictEqual(refusal('conflict'))
    expect(await become(secret, 'Olga')).toMatchObject({ user: { role: 'owner' } })
  })

  test('[H30] needs the link in its time; a link for a password is none', async () => {
    const { offer, become, clock, person, chat } = await unowned()
    const ada = await person('Ada')
    const other = accepted(await chat.execute(system, { action: 'make-password-link', user: ada.id }))
    expect(await become(other.secret)).toStrictEqual(refusal('unauthorized'))
    const { secret } = accepted(await offer())
    clock.pass(3 * dayMs)
    expect(await become(secret)).toStrictEqual(refusal('unauthorized'))
  })

  test('[H30] is offered to who runs the server only', async () => {
    const { chat, person } = await unowned()
    const admin = await person('Adam', { role: 'admin' })
    expect(await chat.execute(admin.actor, { action: 'offer-ownership' })).toStrictEqual(refusal('forbidden'))
    expect(await chat.execute(nobody, { action: 'offer-ownership' })).toStrictEqual(refusal('forbidden'))
  })
})
