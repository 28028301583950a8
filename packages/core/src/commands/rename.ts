import { limits, type UserId } from '@parley/protocol'
import { onServer } from '../access.ts'
import { roomsOf } from '../membership.ts'
import type { Done, Execute } from '../outcome.ts'
import type { Ports } from '../ports/ports.ts'
import { isRefusal, type Refusal } from '../refusal.ts'
import { refusals } from '../refusals.ts'
import { ok, publicUser } from '../shapes.ts'

const take = async (ports: Ports, user: UserId, name: string): Promise<Done<typeof ok> | Refusal> => {
  const renamed = await ports.store.changeUser(user, { name })
  if (renamed === 'taken') return refusals.nameTaken
  if (!renamed) return refusals.signIn
  const rooms = await roomsOf(ports, user)
  return { answer: ok, events: [{ type: 'user-renamed', user: publicUser(renamed), rooms }] }
}

/** Takes another name; what was said under the old one keeps it. */
export const rename: Execute<'rename'> = async (ports, actor, { name }) => {
  const account = await onServer(ports, actor, 'take part')
  return isRefusal(account) ? account : take(ports, account.id, name)
}

const mark = ' (guest)'

/** The names under which somebody may be let in who wishes for one that an account or bot may have. */
export const namesLike = (name: string): readonly string[] => [
  name,
  `${[...name].slice(0, limits.nameCharacters - mark.length).join('')}${mark}`,
]

/** Takes the name that is wished for, or the next one like it. */
export const goBy: Execute<'go-by'> = async (ports, actor, { name: wished }) => {
  const account = await onServer(ports, actor, 'take part')
  if (isRefusal(account)) return account
  for (const name of namesLike(wished)) {
    const taken = await take(ports, account.id, name)
    if (!isRefusal(taken)) return { answer: { name }, ...(taken.events && { events: taken.events }) }
    if (taken.refused !== 'conflict') return taken
  }
  return refusals.nameTaken
}
