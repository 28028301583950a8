import { type EndpointName, endpoints } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import type { ApiQuestion } from '../harness/api.ts'
import { HandshakeRefused, type UpFrame } from '../harness/raw-client.ts'
import { type AccountHolder, newId, newName, newRoomId, settled } from '../harness/world.ts'
import { accessWorld } from './people.ts'
import type { Role } from './standpoints.ts'
import { type Column, pageSays, type Right } from './who-may.ts'

const all = await accessWorld()
const { api, actors, banned, root, account, member, socket } = all
const rootToken = root.person.token
const witness = await member()
const hidden = newRoomId()
await witness.ask('room', { action: 'create', room: hidden, kind: 'private' })
const { bot } = await api.call('POST /api/bots', { token: rootToken, body: { name: newName(), runs: 'outside' } })

/** Accounts that something is done to: nobody needs them afterwards. */
const target = (role: 'member' | 'admin' | 'owner' = 'member'): Promise<AccountHolder> => account(role)
const newHook = async () =>
  (await api.call('POST /api/hooks', { token: rootToken, body: { room: 'general', name: newName('Hook') } })).hook

type Request = readonly [EndpointName, ApiQuestion]
/** What somebody tries on the server, in one way or two. */
interface Deed {
  readonly right: Right
  readonly frame?: () => UpFrame
  readonly http?: () => Request | Promise<Request>
}

const administer = { right: 'broadcast, connections, accounts' } as const
const appoint = { right: 'make admins and owners' } as const
const takePart = { right: 'read public rooms' } as const
const newAccount = (role: string) => ({ body: { name: newName('Made'), password: 'long enough', role } })
const patch = async (role: 'member' | 'admin' | 'owner', body: object): Promise<Request> => [
  'PATCH /api/accounts/{user}',
  { at: (await target(role)).user.id, body },
]

const deeds: Readonly<Record<string, Deed>> = {
  'see oneself': { ...takePart, http: () => ['GET /api/me', {}] },
  'list rooms': { ...takePart, http: () => ['GET /api/rooms', {}] },
  'find people': { ...takePart, http: () => ['GET /api/users', {}] },
  'list models': { ...takePart, http: () => ['GET /api/models', {}] },
  'fetch a ticket': { ...takePart, http: () => ['POST /api/tickets', {}] },
  renew: { ...takePart, http: () => ['POST /api/renew', {}] },
  rename: { ...takePart, frame: () => ({ action: 'rename', name: newName('Renamed') }) },
  ping: { ...takePart, frame: () => ({ action: 'ping', rooms: [hidden] }) },
  direct: { right: 'direct rooms', frame: () => ({ action: 'direct', with: [witness.me.id] }) },
  'create a public room': {
    right: 'create rooms',
    frame: () => ({ action: 'create', room: newRoomId(), kind: 'public' }),
  },
  'create a private room': {
    right: 'create rooms',
    frame: () => ({ action: 'create', room: newRoomId(), kind: 'private' }),
  },
  broadcast: {
    ...administer,
    frame: () => ({ action: 'broadcast', text: newName('To all') }),
    http: () => ['POST /api/broadcasts', { body: { text: newName('To all') } }],
  },
  'list connections': { ...administer, http: () => ['GET /api/connections', {}] },
  'list accounts': { ...administer, http: () => ['GET /api/accounts', {}] },
  'make an account': { ...administer, http: () => ['POST /api/accounts', newAccount('member')] },
  ban: { ...administer, http: () => patch('member', { banned: true }) },
  'set a password': { ...administer, http: () => patch('member', { password: 'another one' }) },
  'link to a password': {
    ...administer,
    http: async () => ['POST /api/accounts/{user}/password-link', { at: (await target()).user.id }],
  },
  'list bots': { ...administer, http: () => ['GET /api/bots', {}] },
  'make a bot': { ...administer, http: () => ['POST /api/bots', { body: { name: newName(), runs: 'outside' } }] },
  'change a bot': {
    ...administer,
    http: () => ['PATCH /api/bots/{user}', { at: bot.id, body: { instructions: newName() } }],
  },
  "take a bot's token": { ...administer, http: () => ['POST /api/bots/{user}/tokens', { at: bot.id }] },
  'see what was used': { ...administer, http: () => ['GET /api/usage', {}] },
  'see what a reply has used': {
    ...administer,
    http: () => ['GET /api/rooms/{room}/messages/{message}/usage', { at: ['general', newId()] }],
  },
  'list webhooks': { ...administer, http: () => ['GET /api/hooks', {}] },
  'make a webhook': {
    ...administer,
    http: () => ['POST /api/hooks', { body: { room: 'general', name: newName('Hook') } }],
  },
  'take a webhook away': {
    ...administer,
    http: async () => ['DELETE /api/hooks/{user}', { at: (await newHook()).id }],
  },
  'make an admin': { ...appoint, http: () => ['POST /api/accounts', newAccount('admin')] },
  'make an owner': { ...appoint, http: () => ['POST /api/accounts', newAccount('owner')] },
  'make an admin of a member': { ...appoint, http: () => patch('member', { role: 'admin' }) },
  'make an owner of an admin': { ...appoint, http: () => patch('admin', { role: 'owner' }) },
  'make a member of an admin': { ...appoint, http: () => patch('admin', { role: 'member' }) },
  'ban an admin': { ...appoint, http: () => patch('admin', { banned: true }) },
  'ban an owner': { ...appoint, http: () => patch('owner', { banned: true }) },
  "set an owner's password": { ...appoint, http: () => patch('owner', { password: 'another one' }) },
  "link to an owner's password": {
    ...appoint,
    http: async () => ['POST /api/accounts/{user}/password-link', { at: (await target('owner')).user.id }],
  },
}

const columns: Record<Role, Column> = {
  guest: 'guest',
  member: 'member',
  bot: 'member',
  admin: 'admin, owner of the server',
  owner: 'admin, owner of the server',
}

/** What admins see of the server; without who is connected, which changes by itself. */
const seen = async (): Promise<string> => {
  const look = async (name: EndpointName, question: ApiQuestion = {}) =>
    (await api.raw(name, { token: rootToken, ...question })).text
  const accounts: string[] = []
  for (let after: string | undefined, more = true; more; ) {
    const page = await api.call('GET /api/accounts', { token: rootToken, ...(after && { query: { after } }) })
    accounts.push(...page.accounts.map((one) => JSON.stringify(one)))
    after = page.accounts.at(-1)?.id
    more = page.more
  }
  return JSON.stringify([accounts, await look('GET /api/bots'), await look('GET /api/hooks')])
}

const codeOf = async ([name, question]: Request, token: string | undefined): Promise<string> => {
  const answer = await api.raw(name, { ...question, ...(token && { token }) })
  return answer.status < 400 ? 'done' : JSON.parse(answer.text).error.code
}

describe.each(Object.keys(actors) as Role[])('[V1][V4][H5][H23] on the server, a %s', (role) => {
  const client = actors[role]
  const may = ({ right }: Deed): boolean => pageSays(right, columns[role], role === 'owner')

  test.each(Object.entries(deeds))('may %s, or not, as the table says', async (name, deed) => {
    const { frame, http } = deed
    const answer = may(deed) ? 'done' : 'forbidden'
    witness.clear()
    if (frame) {
      const ref = newId()
      const got = client.answer(ref, name)
      client.tell({ ...frame(), ref })
      const { type, ...rest } = await got
      expect(type === 'error' && 'code' in rest ? rest.code : 'done').toBe(answer)
    }
    if (http) {
      const request = await http()
      const before = answer === 'done' ? '' : await seen()
      expect(await codeOf(request, client.person.token)).toBe(answer)
      if (answer === 'forbidden') expect(await seen()).toBe(before)
    }
    await settled(client, witness)
    if (answer === 'forbidden') {
      expect(witness.waiting('broadcast')).toEqual([])
      expect(witness.waiting('room')).toEqual([])
    } else if (name === 'broadcast') {
      expect(witness.waiting('broadcast')).toHaveLength(2)
    }
  })

  test('learns nothing of a room that is not for it, whatever it asks', async () => {
    const { token } = client.person
    const { revs } = await client.ask('pong', { action: 'ping', rooms: [hidden] })
    expect(revs).toEqual({})
    for (const name of ['GET /api/rooms', 'GET /api/users', 'GET /api/connections', 'GET /api/hooks'] as const) {
      expect((await api.raw(name, { token })).text).not.toContain(hidden)
    }
  })
})

describe('who has not signed in, or may not any more', () => {
  const closed = (Object.keys(endpoints) as EndpointName[]).filter((name) => endpoints[name].auth !== 'none')

  test('[A5] has no socket', async () => {
    for (const token of ['', banned.token]) {
      await expect(socket({ ...banned, token })).rejects.toBeInstanceOf(HandshakeRefused)
    }
  })

  test.each(closed)('[H4][C4] %s is 401 and changes nothing', async (name) => {
    const at = name.includes('/rooms/') ? [hidden, newId()] : [bot.id]
    const before = await seen()
    for (const token of [undefined, banned.token]) expect(await codeOf([name, { at }], token)).toBe('unauthorized')
    expect(await seen()).toBe(before)
  })
})

test('[H23] an admin does not become more by a bot that an owner made one', async () => {
  const { bot: strong } = await api.call('POST /api/bots', {
    token: rootToken,
    body: { name: newName('Strong'), runs: 'outside' },
  })
  await api.call('PATCH /api/accounts/{user}', { token: rootToken, at: strong.id, body: { role: 'owner' } })
  const { token } = actors.admin.person
  const asAdmin = { token, at: strong.id }
  expect((await api.refusal('POST /api/bots/{user}/tokens', asAdmin)).code).toBe('forbidden')
  expect((await api.refusal('PATCH /api/bots/{user}', { ...asAdmin, body: { banned: true } })).code).toBe('forbidden')
  await api.call('POST /api/bots/{user}/tokens', { token: rootToken, at: strong.id })
})

test('[H22][H32] nobody signs in as a bot: it has a token, and no password', async () => {
  const body = { password: 'a password for a bot' }
  expect((await api.refusal('PATCH /api/accounts/{user}', { token: rootToken, at: bot.id, body })).code).toBe(
    'bad_request',
  )
  const login = { username: bot.name, password: body.password }
  expect((await api.refusal('POST /api/login', { body: login })).code).toBe('unauthorized')
})
