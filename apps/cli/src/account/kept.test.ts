import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Self, StoredOutgoing } from '@parley/client'
import { describe, expect, onTestFinished, test } from 'vitest'
import { fileOutbox } from './file-outbox.ts'
import { stateFolder } from './kept-files.ts'
import { keptSessions, serverFolder } from './kept-sessions.ts'
import { keptSessionFor } from './sign-in.ts'

const server = 'http://127.0.0.1:8080'

const newState = (): string => {
  const state = mkdtempSync(join(tmpdir(), 'parley-kept-'))
  onTestFinished(() => rmSync(state, { recursive: true }))
  return state
}
const user = (name: string, kind: Self['kind'] = 'guest'): Self =>
  ({ id: `id of ${name}`, name, kind, role: kind === 'guest' ? 'guest' : 'member' }) as Self

describe('kept sessions', () => {
  test('come back with the last used first, for their server only', () => {
    const state = newState()
    const sessions = keptSessions(state, server)
    sessions.keep({ token: 'a', user: user('Ana') })
    sessions.keep({ token: 'b', user: user('Bia') })
    expect(sessions.all().map(({ token }) => token)).toEqual(['b', 'a'])
    sessions.keep({ token: 'c', user: user('Ana') })
    expect(sessions.all().map(({ token }) => token)).toEqual(['c', 'b'])
    expect(keptSessions(state, 'http://127.0.0.1:8081').all()).toEqual([])
    sessions.forget('id of Ana')
    expect(sessions.all().map(({ token }) => token)).toEqual(['b'])
  })

  test('are for nobody else to read, and one that is broken is passed over', () => {
    const state = newState()
    const sessions = keptSessions(state, server)
    sessions.keep({ token: 'a', user: user('Ana') })
    const folder = join(serverFolder(state, server), 'sessions')
    expect(readdirSync(folder)).toEqual(['id of Ana.json'])
    expect(statSync(join(folder, 'id of Ana.json')).mode & 0o777).toBe(0o600)
    expect(statSync(folder).mode & 0o777).toBe(0o700)
    writeFileSync(join(folder, 'broken.json'), '{"token":')
    expect(sessions.all()).toHaveLength(1)
  })

  test('are found by who is meant', () => {
    const all = [user('Bia'), user('ana', 'person'), user('Ana')].map((one) => ({
      token: one.id,
      user: one,
      usedAt: 0,
    }))
    expect(keptSessionFor(all, {})?.user.name).toBe('Bia')
    expect(keptSessionFor(all, { name: 'ana' })?.user).toMatchObject({ name: 'Ana', kind: 'guest' })
    expect(keptSessionFor(all, { user: 'ANA' })?.user).toMatchObject({ name: 'ana', kind: 'person' })
    expect(keptSessionFor(all, { user: 'Bia' })).toBeUndefined()
    expect(keptSessionFor([], {})).toBeUndefined()
  })

  test('lie where the environment says', () => {
    expect(stateFolder({ XDG_STATE_HOME: '/var/state' })).toBe('/var/state/parley')
    expect(stateFolder({ XDG_STATE_HOME: 'relative' })).toMatch(/\/\.local\/state\/parley$/)
    expect(stateFolder({})).toMatch(/\/\.local\/state\/parley$/)
  })
})

test('the outbox keeps each message of a user until it is removed', () => {
  const state = newState()
  const outbox = fileOutbox(state, server)
  const [one, other] = ['1', '2'].map(
    (id) => ({ id, room: 'general', text: `text ${id}`, writtenAt: Number(id) }) as unknown as StoredOutgoing,
  ) as [StoredOutgoing, StoredOutgoing]
  outbox.put('ana', one)
  outbox.put('ana', other)
  outbox.put('ana', { ...one, text: 'changed' })
  expect(outbox.load('bia')).toEqual([])
  outbox.remove('ana', other)
  outbox.remove('ana', other)
  expect(fileOutbox(state, server).load('ana')).toEqual([{ ...one, text: 'changed' }])
  expect(outbox.clear('ana')).toBe(1)
  expect(outbox.load('ana')).toEqual([])
})
