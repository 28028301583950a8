import { isParleyError } from '@parley/client'
import type { RoomId, UserId } from '@parley/protocol'
import type { Journal } from './history.ts'
import { patiently } from './patience.ts'
import type { Host, Person } from './people.ts'
import type { Extra, Stage } from './stage.ts'

const hidden = ['not_found'] as const

/** Does what must be refused, and writes down how it was. */
const attempt = async (
  journal: Journal,
  { who }: Person,
  what: string,
  allowed: readonly string[],
  act: () => Promise<unknown>,
): Promise<void> => {
  const code = await patiently(act).then(
    () => 'done',
    (error: unknown) => (isParleyError(error) ? error.code : String(error)),
  )
  // A server that was not reached has refused nothing.
  if (code !== 'disconnected' && code !== 'network' && code !== 'timeout') {
    journal.note({ kind: 'tried', who, what, code, allowed })
  }
}

/** Somebody looks into rooms that are not for them. */
export const pry = async ({ rooms }: Stage, journal: Journal, { person, line }: Extra): Promise<void> => {
  for (const id of rooms) {
    const room = id as RoomId
    const params = { room }
    const ways: readonly (readonly [string, () => Promise<unknown>])[] = [
      ['history', async () => (await line()).ask<'history'>({ action: 'history', room })],
      ['sync', async () => (await line()).ask<'sync'>({ action: 'sync', room, since: 0 })],
      ['members', async () => (await line()).ask<'members'>({ action: 'members', room })],
      ['join', async () => (await line()).ask<'join'>({ action: 'join', room })],
      ['GET its messages', () => person.call('GET /api/rooms/{room}/messages', { params })],
      ['GET the room', () => person.call('GET /api/rooms/{room}', { params })],
    ]
    for (const [way, act] of ways) await attempt(journal, person, `${way} of ${id}`, hidden, act)
  }
}

/** Takes somebody out of the first room, while everybody goes on talking. */
const removeOne = async (stage: Stage, journal: Journal, extra: Extra): Promise<void> => {
  const { who, user } = extra.person
  const [room = ''] = stage.rooms
  const frame = { action: 'remove', room: room as RoomId, user: user.id as UserId } as const
  await patiently(async () => {
    const line = await stage.line()
    // What was asked when the connection broke may have been done.
    await line.ask<'remove'>(frame).catch((error: unknown) => {
      if (!isParleyError(error) || error.code !== 'not_found') throw error
    })
  })
  journal.note({ kind: 'removed', who, room })
  await pry(stage, journal, extra)
}

const signOut = async (journal: Journal, { person }: Extra): Promise<void> => {
  await patiently(() => person.call('POST /api/logout', {}))
  journal.note({ kind: 'shut', who: person.who, why: 'signed out' })
  await attempt(journal, person, 'a ticket after signing out', ['signed_out', 'unauthorized', 'forbidden'], () =>
    person.call('POST /api/tickets', {}),
  )
}

const ban = async (journal: Journal, { call }: Host, { person }: Extra): Promise<void> => {
  const { who, user } = person
  await patiently(() => call('PATCH /api/accounts/{user}', { params: { user: user.id }, body: { banned: true } }))
  journal.note({ kind: 'shut', who, why: 'banned' })
  const codes = ['signed_out', 'banned', 'unauthorized', 'forbidden']
  await attempt(journal, person, 'a ticket after the ban', codes, () => person.call('POST /api/tickets', {}))
}

/** What happens once, in the midst of everything: somebody is removed, banned, signs out; a stranger looks around. */
export const incidents = (stage: Stage, journal: Journal, host: Host | undefined): readonly (() => Promise<void>)[] => {
  const { stranger, removed, banned, 'signed out': leaver } = stage.extras
  return [
    ...(stranger ? [() => pry(stage, journal, stranger)] : []),
    ...(removed ? [() => removeOne(stage, journal, removed)] : []),
    ...(leaver ? [() => signOut(journal, leaver)] : []),
    ...(banned && host ? [() => ban(journal, host, banned)] : []),
  ]
}
