import type { Membership, RoomFacts } from '@parley/core'
import type { Context } from './context.ts'
import { absent, equal } from './expression.ts'
import type { Key } from './items.ts'
import { factsKey, hintKey } from './keys.ts'
import { memberItem } from './member-item.ts'

/** The facts of a room. `founding`: its first members, until each has its own item. */
export interface FactsItem extends Key, RoomFacts {
  readonly token: string
  readonly founding?: readonly Membership[]
  /** The token of who set something for bots last. */
  readonly botToken?: string
}

export const factsOf = (item: FactsItem): RoomFacts => {
  const { id, kind, name, topic, createdAt, createdBy, with: people, bots, bot } = item
  return {
    id,
    kind,
    name,
    topic,
    createdAt,
    ...(createdBy !== undefined && { createdBy }),
    ...(people && { with: people }),
    ...(bots && { bots }),
    ...(bot && { bot }),
  }
}

/**
 * Gives the first members of a room their items. One put has made the room with all of them; whoever sees it unfinished,
 * because its maker died or is just at it, finishes it before going on, so nobody sees a part. First the users' hints:
 * so whose membership is still missing can be told from who has none. A member who has been removed meanwhile has left
 * an item, which keeps a late finisher from bringing it back.
 */
export const finishFounding = async ({ items }: Context, facts: FactsItem): Promise<void> => {
  const { founding = [], token, id } = facts
  if (founding.length === 0) return
  await items.putAll(founding.map(({ user }) => hintKey(user, id)))
  await Promise.all(founding.map((member) => items.put(memberItem(member, token, 0), absent('pk'))))
  await items.update(factsKey(id), { remove: ['founding'] }, equal('token', token))
}
