import { limits } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { refusal } from '../testing/expected.ts'
import { account, upTo, userId } from '../testing/samples.ts'
import { testChat } from '../testing/test-chat.ts'

const system = { kind: 'system' } as const

const administered = async () => {
  const chat = testChat()
  const owner = await chat.person('Olga', { role: 'owner' })
  const admin = await chat.person('Adam', { role: 'admin' })
  const ada = await chat.person('Ada')
  const run = chat.chat.execute
  return { ...chat, owner, admin, ada, run }
}

describe('list-accounts', () => {
  test('[H21] lists accounts by id, without guests and without anything of a password', async () => {
    const { run, admin, guest, ada, clock } = await administered()
    await guest('Gus')
    const answer = await run(admin.actor, { action: 'list-accounts' })
    expect(answer).toMatchObject({ accounts: [{ name: 'Olga' }, { name: 'Adam' }, { name: 'Ada' }], more: false })
    expect(answer).toHaveProperty('accounts.2', {
      id: ada.id,
      name: 'Ada',
      kind: 'person',
      role: 'member',
      banned: false,
      createdAt: clock.iso(),
    })
  })

  test('[H21] comes in pages of 100', async () => {
    const { run, ports } = await administered()
    for (const number of upTo(limits.listPage)) await ports.store.addUser(account(1_000 + number))
    const first = await run(system, { action: 'list-accounts' })
    expect(first).toMatchObject({ more: true })
    expect(first).toHaveProperty('accounts.length', limits.listPage)
    const rest = await run(system, { action: 'list-accounts', after: userId(1_097) })
    expect(rest).toMatchObject({ accounts: [{ id: userId(1_098) }, { id: userId(1_099) }, { id: userId(1_100) }] })
  })
})

describe('add-account', () => {
  const add = { action: 'add-account', name: 'New', password: 'long enough', role: 'member' } as const

  test('[H21][W7] makes an account that can sign in and is in general', async () => {
    const { run, admin, ports } = await administered()
    const made = await run(admin.actor, add)
    expect(made).toMatchObject({ name: 'New', kind: 'person', role: 'member', banned: false })
    expect(JSON.stringify(made)).not.toContain('long enough')
    const signedIn = await run(system, { action: 'sign-in', username: 'new', password: 'long enough' })
    expect(signedIn).toMatchObject({ user: { name: 'New' } })
    const id = 'id' in made ? made.id : userId(0)
    expect(await ports.store.memberships(id)).toMatchObject([{ room: 'general' }])
  })

  test('[H21][W4] a taken name is a conflict', async () => {
    const { run } = await administered()
    expect(await run(system, { ...add, name: 'aDA' })).toStrictEqual(refusal('conflict'))
  })

  test('[H23] an admin makes no admins, an owner does', async () => {
    const { run, admin, owner } = await administered()
    for (const role of ['admin', 'owner'] as const) {
      expect(await run(admin.actor, { ...add, role })).toStrictEqual(refusal('forbidden'))
      expect(await run(owner.actor, { ...add, name: role, role })).toMatchObject({ role })
    }
  })
})

describe('change-account', () => {
  const change = { action: 'change-account' } as const

  test('[H22] changes a role, by id or by name', async () => {
    const { run, owner, ada, ports } = await administered()
    expect(await run(owner.actor, { ...change, user: ada.id, role: 'admin' })).toMatchObject({ role: 'admin' })
    expect(await run(system, { ...change, user: { name: 'ADA' }, role: 'member' })).toMatchObject({ role: 'member' })
    expect((await ports.store.user(ada.id))?.role).toBe('member')
  })

  test('[V5] a new role holds at the next frame of an open connection', async () => {
    const { run, ada, connect } = await administered()
    const client = await connect(ada)
    expect(await client.say({ action: 'broadcast', text: 'hear' })).toMatchObject({ code: 'forbidden' })
    await run(system, { ...change, user: ada.id, role: 'admin' })
    expect(await client.say({ action: 'broadcast', text: 'hear' })).toMatchObject({ type: 'ok' })
  })

  test('[C4][C1] a ban ends the sessions and closes all sockets, greeted or not, with bye', async () => {
    const { run, admin, ada, connect, open, ports } = await administered()
    const [greeted, mute] = [await connect(ada), await open(ada)]
    const bystander = await connect(admin)
    expect(await run(admin.actor, { ...change, user: ada.id, banned: true })).toMatchObject({ banned: true })
    for (const client of [greeted, mute]) {
      expect(client.heard.at(-1)).toMatchObject({ type: 'bye', code: 4403, retry: null })
      expect(client.closed).toMatchObject({ code: 4403 })
    }
    expect(bystander.closed).toBeUndefined()
    expect(await ports.store.session(ada.actor.session)).toBeUndefined()
  })

  test('[C4][H10] a banned user does not get in, and does after the ban is lifted', async () => {
    const { run, admin, ada, open } = await administered()
    const password = 'password of Ada'
    await run(admin.actor, { ...change, user: ada.id, banned: true })
    expect(await run(system, { action: 'sign-in', username: 'Ada', password })).toStrictEqual(refusal('forbidden'))
    const late = await open(ada)
    expect(await late.say({ action: 'hello', v: 1 })).toMatchObject({ type: 'bye', code: 4403 })
    expect(late.closed).toMatchObject({ code: 4403 })
    await run(admin.actor, { ...change, user: ada.id, banned: false })
    expect(await run(system, { action: 'sign-in', username: 'Ada', password })).toMatchObject({ user: { id: ada.id } })
  })

  test('[H22][C3] a new password signs the account out everywhere', async () => {
    const { run, admin, ada, connect, signIn } = await administered()
    const [phone, laptop] = [await connect(ada), await connect(await signIn(ada))]
    await run(admin.actor, { ...change, user: ada.id, password: 'another one' })
    for (const client of [phone, laptop]) expect(client.closed).toMatchObject({ code: 4401 })
    const by = async (password: string) => run(system, { action: 'sign-in', username: 'Ada', password })
    expect(await by('password of Ada')).toStrictEqual(refusal('unauthorized'))
    expect(await by('another one')).toMatchObject({ user: { id: ada.id } })
  })

  test('[H22] somebody unknown is not found; a guest has no role and no password, but can be banned', async () => {
    const { run, guest } = await administered()
    const gus = await guest('Gus')
    expect(await run(system, { ...change, user: userId(77), banned: true })).toStrictEqual(refusal('not_found'))
    expect(await run(system, { ...change, user: { name: 'Gus' } })).toStrictEqual(refusal('not_found'))
    expect(await run(system, { ...change, user: gus.id, role: 'admin' })).toStrictEqual(refusal('bad_request'))
    expect(await run(system, { ...change, user: gus.id, password: 'long enough' })).toStrictEqual(
      refusal('bad_request'),
    )
    expect(await run(system, { ...change, user: gus.id, banned: true })).toMatchObject({ banned: true })
  })

  test('[H23] an admin changes no admin and no owner', async () => {
    const { run, admin, owner, person } = await administered()
    const other = await person('Other', { role: 'admin' })
    for (const user of [other.id, owner.id, admin.id]) {
      expect(await run(admin.actor, { ...change, user, banned: true })).toStrictEqual(refusal('forbidden'))
    }
  })
})
