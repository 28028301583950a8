import { randomUUID } from 'node:crypto'
import { asGuest, type Client, createClient, isParleyError, type Self, type Session, signIn } from '@parley/client'
import { exitCodes, Failure } from '../failure.ts'
import type { Journal, Part } from './history.ts'
import { patiently } from './patience.ts'
import { openRawSocket, type RawSocket } from './raw-socket.ts'

/** Somebody of the play. */
export interface Person {
  /** Their name in the journal. */
  readonly who: string
  readonly part: Part
  readonly user: Self
  readonly call: Client['call']
  /** A plain socket of theirs, straight to the server. */
  socket(): Promise<RawSocket>
}

/** Somebody who was made for the play. */
export interface Made extends Person {
  readonly session: Session
}

/** Who runs the check, if that is known: an admin can have accounts and bots made. */
export interface Host {
  readonly user: Self
  readonly call: Client['call']
}

/** Makes those who play. */
export interface Casting {
  /** Accounts with a bot and bans; rooms of a member's own among guests; or direct rooms of guests alone. */
  readonly kind: 'accounts' | 'member and guests' | 'guests'
  /** What all names of the play have in common. */
  readonly mark: string
  person(who: string, part: Part): Promise<Made>
  /** The one who makes the rooms. */
  witness(): Promise<Person>
  /** Undefined where nobody may make one. */
  bot(who: string): Promise<Made | undefined>
  readonly made: readonly Made[]
}

interface Options {
  readonly server: string
  readonly host: Host | undefined
  readonly journal: Journal
}

const adminOf = (host: Host | undefined): Host | undefined =>
  host?.user.role === 'admin' || host?.user.role === 'owner' ? host : undefined

const isMember = ({ role, kind }: Self): boolean => role === 'member' && kind === 'person'

const explain = (error: unknown): never => {
  if (isParleyError(error) && error.code === 'forbidden') {
    throw new Failure('Guests are not welcome there. Give the token of an admin with --token.', exitCodes.refused)
  }
  throw error
}

export const createCasting = ({ server, host, journal }: Options): Casting => {
  const admin = adminOf(host)
  const member = host && isMember(host.user) ? host : undefined
  const mark = `verify-${randomUUID().slice(0, 8)}`
  const made: Made[] = []

  const cast = (who: string, part: Part, { user, call }: Host): Person => {
    let sockets = 0
    journal.note({ kind: 'person', who, id: user.id, part })
    return {
      who,
      part,
      user,
      call,
      socket: async () => {
        const { ticket } = await call('POST /api/tickets', {})
        sockets += 1
        const url = `${server.replace(/^http/, 'ws')}/ws?ticket=${encodeURIComponent(ticket)}`
        return openRawSocket({ url, who, name: `${who}-plain#${sockets}`, journal })
      },
    }
  }
  const make = async (who: string, part: Part, session: Session): Promise<Made> => {
    const { call } = createClient({ server, session })
    const { user } = await patiently(() => call('GET /api/me', {}))
    const person = { ...cast(who, part, { user, call }), session }
    made.push(person)
    return person
  }
  const account = async ({ call }: Host, who: string, part: Part): Promise<Made> => {
    const [name, password] = [`${mark} ${who}`, randomUUID()]
    await patiently(() => call('POST /api/accounts', { body: { name, password, role: 'member' } }))
    return make(who, part, await patiently(() => signIn(server, { username: name, password })))
  }
  const person: Casting['person'] = async (who, part) => {
    if (admin) return account(admin, who, part)
    return make(who, part, await patiently(() => asGuest(server, `${mark} ${who}`)).catch(explain))
  }
  return {
    kind: admin ? 'accounts' : member ? 'member and guests' : 'guests',
    mark,
    made,
    person,
    witness: async () => (member ? cast('witness', 'witness', member) : person('witness', 'witness')),
    bot: async (who) => {
      if (!admin) return undefined
      const { bot } = await admin.call('POST /api/bots', { body: { name: `${mark} ${who}`, runs: 'outside' } })
      const session = await admin.call('POST /api/bots/{user}/tokens', { params: { user: bot.id } })
      return make(who, 'bot', session)
    },
  }
}
