import type { RoomId, UserId } from '@parley/protocol'
import type { Actor } from './actor.ts'
import type { Ports } from './ports/ports.ts'
import type { Account, Standing } from './ports/records.ts'
import { type Refusal, refuse } from './refusal.ts'
import { refusals } from './refusals.ts'
import { roomBot } from './shapes.ts'

/** What can be done in a room. `manage`: set, remove, name admins, delete what others said. */
export type RoomAct = 'read' | 'write' | 'join' | 'invite' | 'manage'

/** What can be done on the server. `administer`: broadcast, connections, accounts; `appoint`: make admins and owners. */
export type ServerAct = 'take part' | 'create rooms' | 'administer' | 'appoint'

/** Who somebody is in a room, from the least to the most. */
type Standpoint = 'outsider' | 'guest' | 'member' | 'room admin'

const serverMay: Record<ServerAct, readonly Account['role'][]> = {
  'take part': ['guest', 'member', 'admin', 'owner'],
  'create rooms': ['member', 'admin', 'owner'],
  administer: ['admin', 'owner'],
  appoint: ['owner'],
}

/** Of a room that they can see. A server admin may besides do what {@link adminMay} says, wherever it can see. */
const roomMay: Record<RoomAct, readonly Standpoint[]> = {
  read: ['outsider', 'guest', 'member', 'room admin'],
  join: ['outsider', 'guest', 'member', 'room admin'],
  write: ['guest', 'member', 'room admin'],
  invite: ['member', 'room admin'],
  manage: ['room admin'],
}
const adminMay: readonly RoomAct[] = ['read', 'join', 'invite', 'manage']

const isServerAdmin = (account: Account): boolean => serverMay.administer.includes(account.role)

const standpoint = ({ account, membership }: Standing): Standpoint => {
  if (!membership) return 'outsider'
  if (account.role === 'guest') return 'guest'
  return membership.role === 'admin' ? 'room admin' : 'member'
}

/** Whether one user, who stands so in a room, may do this there; undefined: yes. Private rooms do not exist for outsiders. */
export const mayInRoom = (act: RoomAct, standing: Standing): Refusal | undefined => {
  if (standing.room.kind !== 'public' && !standing.membership) return refusals.noRoom
  if (standing.account.banned) return refusals.banned
  if (roomMay[act].includes(standpoint(standing))) return undefined
  if (isServerAdmin(standing.account) && adminMay.includes(act)) return undefined
  if (!standing.membership) return refuse('forbidden', 'Join the room first.')
  return refuse('forbidden', act === 'invite' ? 'Guests cannot invite.' : "Only the room's admins may do that.")
}

/** Whether a user may do this on the server; undefined: yes. */
export const mayOnServer = (act: ServerAct, account: Account): Refusal | undefined => {
  if (account.banned) return refusals.banned
  if (serverMay[act].includes(account.role)) return undefined
  if (act === 'create rooms') return refuse('forbidden', 'Guests cannot create rooms.')
  return refuse(
    'forbidden',
    act === 'appoint' ? 'Only an owner may do that.' : 'Only an admin of the server may do that.',
  )
}

/** The bots of this server speak in any room where somebody who may ask them does; they need not be members. */
const isOfTheHouse = ({ bot, banned }: Account): boolean => bot?.runs === 'here' && !banned

/** Whether one user, who stands so in a room, may ask its bots; undefined: yes. */
export const mayAsk = (standing: Standing): Refusal | undefined => {
  const refusal = isOfTheHouse(standing.account) ? undefined : mayInRoom('write', standing)
  if (refusal) return refusal
  const { asks } = roomBot(standing.room)
  if (asks === 'admins') return mayInRoom('manage', standing)
  return asks === 'members' && standing.account.role === 'guest'
    ? refuse('forbidden', 'Guests may not ask the bots of this room.')
    : undefined
}

/**
 * Whether one user, who stands so in a room, may stop a bot's reply there, ask for another one and choose among them;
 * undefined: yes. `asker`: whose prompt it answers.
 */
export const maySteer = (standing: Standing, asker: UserId | undefined): Refusal | undefined => {
  const isTheirs = standing.account.id === asker || roomBot(standing.room).stops === 'everybody'
  return isTheirs && !mayInRoom('write', standing) ? undefined : mayInRoom('manage', standing)
}

/** Who the actor is in a room, if it may do this there. */
export const inRoom = async (
  ports: Ports,
  actor: Actor,
  room: RoomId,
  act: RoomAct,
): Promise<(Standing & { readonly user: UserId }) | Refusal> => {
  if (actor.kind !== 'user' && actor.kind !== 'service') return refusals.signIn
  const standing = await ports.store.standing(room, actor.user)
  if (!standing) return refusals.noRoom
  if (actor.kind === 'service' && isOfTheHouse(standing.account)) return { ...standing, user: actor.user }
  return mayInRoom(act, standing) ?? { ...standing, user: actor.user }
}

/** The actor's account, if it may do this on the server. */
export const onServer = async (ports: Ports, actor: Actor, act: ServerAct): Promise<Account | Refusal> => {
  if (actor.kind !== 'user' && actor.kind !== 'service') return refusals.signIn
  const account = await ports.store.user(actor.user)
  if (!account) return refusals.signIn
  return mayOnServer(act, account) ?? account
}

/** Like {@link onServer}, but whoever runs the server may do everything. */
export const onServerOrSystem = async (
  ports: Ports,
  actor: Actor,
  act: ServerAct,
): Promise<Account | 'system' | Refusal> => (actor.kind === 'system' ? 'system' : onServer(ports, actor, act))

/** Undefined where an admin may change this account: admins and owners are changed by owners only. */
export const mayChangeAccount = (by: Account | 'system', target: Account, appoints: boolean): Refusal | undefined => {
  if (by === 'system') return undefined
  if (appoints || isServerAdmin(target)) return mayOnServer('appoint', by)
  return mayOnServer('administer', by)
}
