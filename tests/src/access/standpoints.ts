import type { Kind } from './deeds.ts'
import { type Column, pageSays, type Right } from './who-may.ts'

export type Role = 'guest' | 'member' | 'bot' | 'admin' | 'owner'

/** Who somebody is: on the server, and in the room. */
export interface Standpoint {
  readonly role: Role
  readonly inside: boolean
  /** Somebody made it an admin of the room. */
  readonly named?: boolean
}

export const standpoints = {
  'a guest outside': { role: 'guest', inside: false },
  'a guest inside': { role: 'guest', inside: true },
  'a guest named admin of the room': { role: 'guest', inside: true, named: true },
  'a member outside': { role: 'member', inside: false },
  'a member inside': { role: 'member', inside: true },
  'an admin of the room': { role: 'member', inside: true, named: true },
  'a bot outside': { role: 'bot', inside: false },
  'a bot inside': { role: 'bot', inside: true },
  'a server admin outside': { role: 'admin', inside: false },
  'a server admin inside': { role: 'admin', inside: true },
  'an owner outside': { role: 'owner', inside: false },
  'an owner inside': { role: 'owner', inside: true },
} as const satisfies Record<string, Standpoint>
export type StandpointName = keyof typeof standpoints

/** Where it takes more than the table to say who may. */
export interface Rule {
  readonly right: Right
  /** For who is in the room; `or` who the table says may run every room they see (V3). */
  readonly inside?: 'only' | 'or runs it'
  /** The kinds of rooms in which nobody may, by a rule of its own. */
  readonly never?: readonly Kind[]
  /** Bots alone may, or all but they. */
  readonly bots?: 'only'
}

const isServerAdmin = ({ role }: Standpoint): boolean => role === 'admin' || role === 'owner'

/** The column of the table in which somebody stands. A guest has the first one everywhere. */
export const columnOf = (who: Standpoint): Column => {
  if (who.role === 'guest') return 'guest'
  if (isServerAdmin(who)) return 'admin, owner of the server'
  return who.named ? 'admin of the room' : 'member'
}

/** What the protocol page makes the server answer. */
export const expected = (rule: Rule, who: Standpoint, kind: Kind): 'done' | 'forbidden' | 'not_found' => {
  if (kind !== 'public' && !who.inside) return 'not_found'
  if (rule.never?.includes(kind)) return 'forbidden'
  if (rule.bots === 'only' && who.role !== 'bot') return 'forbidden'
  if (!pageSays(rule.right, columnOf(who), who.role === 'owner')) return 'forbidden'
  if (who.inside || !rule.inside) return 'done'
  return rule.inside === 'or runs it' && isServerAdmin(who) ? 'done' : 'forbidden'
}
