import { describe, expect, test } from 'vitest'
import type { SignedIn } from '../answer.ts'
import { refusal } from '../testing/expected.ts'
import { testChat } from '../testing/test-chat.ts'

const day = 24 * 60 * 60 * 1000
const nobody = { kind: 'nobody', address: 'here', mayBeGuest: true } as const

/** Ada, signed in by her password on two devices. */
const signedIn = async () => {
  const chat = testChat()
  const ada = await chat.person('Ada')
  const run = chat.chat.execute
  const signIn = async () => {
    const command = { action: 'sign-in', username: 'Ada', password: 'password of Ada' } as const
    const answer = (await run(nobody, command)) as SignedIn
    const bearer = await authenticate(answer.token)
    const session = 'session' in bearer ? bearer.session : ada.actor.session
    return { ...answer, actor: { ...ada.actor, session } }
  }
  const authenticate = (token: string) => run(nobody, { action: 'authenticate', token })
  const renew = (token: string) => run(nobody, { action: 'renew', token })
  return { ...chat, run, ada, authenticate, renew, phone: await signIn(), laptop: await signIn() }
}

describe('tokens', () => {
  test('[H11] say who bears them, for a day', async () => {
    const { authenticate, phone, ada, clock } = await signedIn()
    expect(await authenticate(phone.token)).toStrictEqual({
      user: ada.id,
      session: phone.actor.session,
      expiresAt: clock.iso(30 * day),
    })
    clock.pass(day - 1_000)
    expect(await authenticate(phone.token)).toMatchObject({ user: ada.id })
    clock.pass(1_000)
    expect(await authenticate(phone.token)).toStrictEqual(refusal('unauthorized'))
  })

  test('[H4] that are forged, altered, or of another server are nothing', async () => {
    const { authenticate, phone, ports } = await signedIn()
    const [head, , signature] = phone.token.split('.')
    const claims = Buffer.from(
      JSON.stringify({ sub: phone.user.id, sid: phone.actor.session, aud: 'parley', exp: 9e9, iat: 1 }),
    )
    for (const token of ['', 'x', `${phone.token}x`, `${head}.${claims.toString('base64url')}.${signature}`]) {
      expect(await authenticate(token)).toStrictEqual(refusal('unauthorized'))
    }
    const times = { issuedAt: 1, expiresAt: 9e9 }
    const unknownSession = await ports.tokens.sign({ user: phone.user.id, session: phone.user.id, ...times })
    expect(await authenticate(unknownSession)).toStrictEqual(refusal('unauthorized'))
    const anothers = await ports.tokens.sign({ user: phone.actor.session, session: phone.actor.session, ...times })
    expect(await authenticate(anothers)).toStrictEqual(refusal('unauthorized'))
  })

  test('[H12] are renewed, also after they expired, while the session lasts', async () => {
    const { renew, authenticate, phone, clock } = await signedIn()
    clock.pass(29 * day)
    const renewed = (await renew(phone.token)) as SignedIn
    expect(renewed).toMatchObject({ user: { name: 'Ada' }, expiresAt: clock.iso(day) })
    expect(await authenticate(renewed.token)).toMatchObject({ expiresAt: clock.iso(30 * day) })
    clock.pass(30 * day - 1_000)
    expect(await renew(phone.token)).toMatchObject({ token: expect.any(String) })
    clock.pass(30 * day)
    expect(await renew(phone.token)).toStrictEqual(refusal('unauthorized'))
  })

  test('[C4] of a banned account are forbidden while its session stands', async () => {
    const { authenticate, renew, phone, ada, ports } = await signedIn()
    await ports.store.changeUser(ada.id, { banned: true })
    expect(await authenticate(phone.token)).toStrictEqual(refusal('forbidden'))
    expect(await renew(phone.token)).toStrictEqual(refusal('forbidden'))
  })

  test('a session that ends while it is renewed stays ended', async () => {
    const { renew, phone, ports } = await signedIn()
    const renewSession = ports.store.renewSession
    ports.store.renewSession = async (id, expiresAt) => {
      await ports.store.endSession(id)
      return renewSession(id, expiresAt)
    }
    expect(await renew(phone.token)).toStrictEqual(refusal('unauthorized'))
  })
})

describe('sign-out', () => {
  test('[H13][C3] ends the session with its tokens, tickets and sockets; others go on', async () => {
    const { run, open, authenticate, renew, phone, laptop, ada } = await signedIn()
    const sockets = [await open({ ...ada, actor: phone.actor }), await open({ ...ada, actor: laptop.actor })] as const
    for (const socket of sockets) await socket.say({ action: 'hello', v: 1 })
    const mute = await open({ ...ada, actor: phone.actor })
    const made = await run(phone.actor, { action: 'make-ticket' })
    const ticket = 'ticket' in made ? made.ticket : ''
    expect(await run(phone.actor, { action: 'sign-out' })).toBeNull()
    for (const socket of [sockets[0], mute]) {
      expect(socket.heard.at(-1)).toMatchObject({ type: 'bye', code: 4401, retry: null })
      expect(socket.closed).toMatchObject({ code: 4401 })
    }
    expect(sockets[1].closed).toBeUndefined()
    expect(await authenticate(phone.token)).toStrictEqual(refusal('unauthorized'))
    expect(await renew(phone.token)).toStrictEqual(refusal('unauthorized'))
    expect(await run(nobody, { action: 'redeem-ticket', ticket })).toStrictEqual(refusal('unauthorized'))
    expect(await authenticate(laptop.token)).toMatchObject({ user: ada.id })
  })

  test('[H4] needs somebody who has signed in', async () => {
    const { run } = await signedIn()
    for (const action of ['sign-out', 'make-ticket', 'whoami'] as const) {
      expect(await run(nobody, { action })).toStrictEqual(refusal('unauthorized'))
    }
    const change = { action: 'change-password', current: '', password: 'long enough' } as const
    expect(await run(nobody, change)).toStrictEqual(refusal('unauthorized'))
  })
})

describe('whoami', () => {
  test('[G5] tells the user and its role', async () => {
    const { run, phone, ada } = await signedIn()
    const self = { id: ada.id, name: 'Ada', kind: 'person', role: 'member' }
    expect(await run(phone.actor, { action: 'whoami' })).toStrictEqual(self)
  })
})

describe('change-password', () => {
  const change = (current: string) => ({ action: 'change-password', current, password: 'another one' }) as const

  test('[H14] sets another password and signs out everywhere else', async () => {
    const { run, phone, laptop, authenticate } = await signedIn()
    expect(await run(phone.actor, change('password of Ada'))).toBeNull()
    expect(await authenticate(phone.token)).toMatchObject({ session: phone.actor.session })
    expect(await authenticate(laptop.token)).toStrictEqual(refusal('unauthorized'))
    const by = (password: string) => run(nobody, { action: 'sign-in', username: 'Ada', password })
    expect(await by('password of Ada')).toStrictEqual(refusal('unauthorized'))
    expect(await by('another one')).toMatchObject({ user: { name: 'Ada' } })
  })

  test('[H14] a wrong one changes nothing, and a guest has none', async () => {
    const { run, phone, laptop, authenticate, guest } = await signedIn()
    expect(await run(phone.actor, change('wrong'))).toStrictEqual(refusal('forbidden'))
    expect(await authenticate(laptop.token)).toMatchObject({ user: phone.user.id })
    expect(await run((await guest('Gus')).actor, change(''))).toStrictEqual(refusal('forbidden'))
  })

  test('[L4] is limited like signing in', async () => {
    const { chat, person } = testChat({ framesPerSecond: 20 })
    const { actor } = await person('Ada')
    for (let tries = 0; tries < 10; tries += 1) await chat.execute(actor, change('wrong'))
    expect(await chat.execute(actor, change('password of Ada'))).toMatchObject({ refused: 'rate_limited' })
  })
})

describe('tickets', () => {
  test('[A1][A2] say once who comes with them', async () => {
    const { run, phone, clock } = await signedIn()
    const made = await run(phone.actor, { action: 'make-ticket' })
    expect(made).toMatchObject({ expiresAt: clock.iso(30_000) })
    const ticket = 'ticket' in made ? made.ticket : ''
    const redeem = () => run(nobody, { action: 'redeem-ticket', ticket })
    expect(await redeem()).toStrictEqual({
      user: phone.user.id,
      session: phone.actor.session,
      expiresAt: clock.iso(30 * day),
    })
    expect(await redeem()).toStrictEqual(refusal('unauthorized'))
  })

  test('[A3][A5] work for 30 seconds, and unknown ones never', async () => {
    const { run, phone, clock } = await signedIn()
    const make = async () => {
      const made = await run(phone.actor, { action: 'make-ticket' })
      return 'ticket' in made ? made.ticket : ''
    }
    const [first, second] = [await make(), await make()]
    clock.pass(29_999)
    expect(await run(nobody, { action: 'redeem-ticket', ticket: first })).toMatchObject({ user: phone.user.id })
    clock.pass(1)
    expect(await run(nobody, { action: 'redeem-ticket', ticket: second })).toStrictEqual(refusal('unauthorized'))
    expect(await run(nobody, { action: 'redeem-ticket', ticket: 'x' })).toStrictEqual(refusal('unauthorized'))
  })

  test('[A5] do not outlive their session', async () => {
    const { run, ports, phone, clock, ada } = await signedIn()
    const session = { id: phone.actor.session, user: ada.id, createdAt: clock.iso() }
    await ports.store.addSession({ ...session, expiresAt: clock.iso(5_000) })
    const made = await run(phone.actor, { action: 'make-ticket' })
    clock.pass(6_000)
    const ticket = 'ticket' in made ? made.ticket : ''
    expect(await run(nobody, { action: 'redeem-ticket', ticket })).toStrictEqual(refusal('unauthorized'))
  })

  test('[X3] are kept by a digest: the storage does not know them', async () => {
    const { run, phone, ports } = await signedIn()
    const kept: unknown[] = []
    const addTicket = ports.store.addTicket
    ports.store.addTicket = (ticket) => {
      kept.push(ticket)
      return addTicket(ticket)
    }
    const made = await run(phone.actor, { action: 'make-ticket' })
    expect(kept).toHaveLength(1)
    expect(JSON.stringify(kept)).not.toContain('ticket' in made ? made.ticket : '')
  })
})
