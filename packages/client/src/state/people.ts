import type { Member, SeenUser, User } from '@parley/protocol'
import { type ClientState, changeRoom, withEntry } from './state.ts'

/** A name by the server's present word. */
export const rename = (state: ClientState, { id, name, kind }: User): ClientState => {
  const known = state.people.get(id)
  const people = known?.name === name ? state.people : withEntry(state.people, id, { id, name, kind })
  const me = state.me?.id === id && state.me.name !== name ? { ...state.me, name } : state.me
  return people === state.people && me === state.me ? state : { ...state, people, me }
}

/** The name that an author had when it wrote: good enough while there is no better. */
export const meet = (state: ClientState, author: User): ClientState =>
  state.people.has(author.id) ? state : rename(state, author)

export const seeOnline = (state: ClientState, user: string, online: boolean): ClientState =>
  state.online.get(user) === online ? state : { ...state, online: withEntry(state.online, user, online) }

/** People as a list of the server has them. */
export const see = (state: ClientState, users: readonly SeenUser[]): ClientState =>
  users.reduce((seen, user) => seeOnline(rename(seen, user), user.id, user.online), state)

interface MembersContext {
  readonly isFirst: boolean
  /** When the page was asked for: who was told of since is known better. */
  readonly askedAt: number
}

/** A page of members: the first one replaces what was held, a further one continues it. */
export const takeMembers = (
  state: ClientState,
  room: string,
  members: readonly Member[],
  { isFirst, askedAt }: MembersContext,
): ClientState => {
  const seen = see(
    state,
    members.filter(({ id }) => (state.news.get(id) ?? 0) < askedAt || !state.people.has(id)),
  )
  return changeRoom(seen, room, (held) => {
    const page = members.map(({ id, role }) => ({ id, role }))
    return { ...held, members: isFirst ? page : [...(held.members ?? []), ...page] }
  })
}
