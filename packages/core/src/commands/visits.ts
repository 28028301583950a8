import { limits, type MessageId, type UserId } from '@parley/protocol'
import type { Actor, SessionId } from '../actor.ts'
import { digestUuid } from '../digest-uuid.ts'
import { newAccount } from '../new-account.ts'
import type { Execute } from '../outcome.ts'
import type { Ports } from '../ports/ports.ts'
import type { Account } from '../ports/records.ts'
import { isRefusal, type Refusal, refuse, tooMuch } from '../refusal.ts'
import { refusals } from '../refusals.ts'
import { beginBareSession } from '../sessions.ts'
import { instant, publicUser } from '../shapes.ts'
import { isDirectId } from './direct-room.ts'
import { namesLike } from './rename.ts'

/** What clients ask whose systems know no signing in, by their dialects: each is a guest, or nobody. */

const noGuests = refuse('forbidden', 'Guests are not allowed here.')

/** A visitor's address, if visitors may come and have not come too often. */
const addressOf = (ports: Ports, actor: Actor): string | Refusal => {
  if (actor.kind !== 'nobody' || !actor.mayBeGuest) return noGuests
  const wait = ports.limits.take('user', `address ${actor.address}`)
  return wait > 0 ? tooMuch(wait) : actor.address
}

const addGuest = async (ports: Ports, address: string, id: UserId, wished: string): Promise<Account | Refusal> => {
  const wait = ports.limits.take('guest', address)
  if (wait > 0) return refusals.tooManyGuests(wait)
  for (const name of namesLike(wished)) {
    const account = newAccount(ports, { id, name, kind: 'guest', role: 'guest' })
    if ((await ports.store.addUser(account)) === 'added') return account
  }
  return refusals.guestNameTaken
}

/** The guest of a key, made at its first visit. */
const guestOf = async (ports: Ports, address: string, key: string, name: string): Promise<Account | Refusal> => {
  const id = (await digestUuid(key)) as UserId
  const known = await ports.store.user(id)
  if (known?.banned) return refusals.banned
  return known ?? addGuest(ports, address, id, name)
}

export const visit: Execute<'visit'> = async (ports, actor, { name, key }) => {
  const address = addressOf(ports, actor)
  if (isRefusal(address)) return address
  if (key !== undefined) {
    const guest = await guestOf(ports, address, key, name)
    if (isRefusal(guest)) return guest
    const expiresAt = instant(ports.clock.now() + ports.settings.tokenMs)
    return { answer: { user: guest.id, name: guest.name, session: guest.id as string as SessionId, expiresAt } }
  }
  const guest = await addGuest(ports, address, ports.ids.uuid() as UserId, name)
  if (isRefusal(guest)) return guest
  const session = await beginBareSession(ports, guest)
  if (!session) return refusals.banned
  return { answer: { user: guest.id, name: guest.name, session: session.id, expiresAt: session.expiresAt } }
}

export const visitRoom: Execute<'visit-room'> = async (ports, actor, { room: id }) => {
  const address = addressOf(ports, actor)
  if (isRefusal(address)) return address
  const there = await ports.store.room(id)
  if (there) return there.kind === 'public' ? { answer: null } : refusals.noRoom
  if (isDirectId(id)) return refusals.noRoom
  const wait = ports.limits.take('room', `address ${address}`)
  if (wait > 0) return tooMuch(wait)
  const createdAt = instant(ports.clock.now())
  const { room } = await ports.store.createRoom({ id, kind: 'public', name: id, topic: '', createdAt }, [])
  return room.kind === 'public' ? { answer: null } : refusals.noRoom
}

/** What a page takes at most, see `read-messages.ts`. */
const size = { limit: limits.pageMax, bytes: limits.downBytes }

export const readSaid: Execute<'read-said'> = async (ports, actor, { room }) => {
  const address = addressOf(ports, actor)
  if (isRefusal(address)) return address
  if ((await ports.store.room(room))?.kind !== 'public') return { answer: [] }
  return { answer: (await ports.store.history(room, {}, size)).messages }
}

export const listCompany: Execute<'list-company'> = async (ports, actor, { dialect, room }) => {
  const address = addressOf(ports, actor)
  if (isRefusal(address)) return address
  if ((await ports.store.room(room))?.kind !== 'public') return refusals.noRoom
  return { answer: [...(await ports.connections.inRoom(room))].filter((target) => target.dialect === dialect) }
}

export const announce: Execute<'announce'> = async (ports, actor, { name, text }) => {
  const address = addressOf(ports, actor)
  if (isRefusal(address)) return address
  const wait = ports.limits.take('guest', `announcing ${address}`)
  if (wait > 0) return tooMuch(wait)
  const guest = await guestOf(ports, address, `announce ${name}`, name)
  if (isRefusal(guest)) return guest
  const id = ports.ids.uuid() as MessageId
  const broadcast = { id, from: publicUser(guest), text, at: instant(ports.clock.now()) }
  await ports.store.addBroadcast(broadcast)
  return { answer: null, events: [{ type: 'broadcast-made', broadcast }] }
}

export const knowsAccount: Execute<'knows-account'> = async (ports, actor, { name }) => {
  if (actor.kind !== 'system') return refusals.systemOnly
  const account = await ports.store.userByName(name.normalize('NFC').trim())
  return { answer: account?.passwordHash !== undefined }
}

export const resume: Execute<'resume'> = async (ports, actor, { session: id }) => {
  if (actor.kind !== 'system') return refusals.systemOnly
  const session = await ports.store.session(id)
  if (!session || Date.parse(session.expiresAt) <= ports.clock.now()) return refusals.signIn
  const account = await ports.store.user(session.user)
  if (!account || account.banned) return refusals.banned
  return { answer: { user: session.user, session: id, expiresAt: session.expiresAt } }
}
