/** Where one is in the app: the address bar says it, and nothing else does. */
export type Place =
  | { readonly at: 'home' }
  /** A room, at a message of it, with a pane beside it. */
  | { readonly at: 'room'; readonly room: string; readonly seq?: number; readonly pane?: Pane }
  /** The direct room with somebody, which is found or made. */
  | { readonly at: 'person'; readonly user: string }
  /** A page for admins. */
  | { readonly at: 'admin'; readonly page: string }
  /** A link that makes the first owner, or sets a password; its secret stands after the `#`, which no server sees. */
  | { readonly at: 'first-owner' | 'password' }
  | { readonly at: 'nowhere' }

export const panes = ['details'] as const
export type Pane = (typeof panes)[number]

const roomId = /^[a-z0-9][a-z0-9._-]{0,63}$/
const seqNumber = /^[1-9][0-9]{0,14}$/

const parseRoom = (parts: readonly string[], query: string): Place => {
  const [room = '', seq] = parts
  if (!roomId.test(room) || parts.length > 2 || (seq !== undefined && !seqNumber.test(seq))) return { at: 'nowhere' }
  const asked = new URLSearchParams(query).get('pane')
  const pane = panes.find((known) => known === asked)
  return { at: 'room', room, ...(seq && { seq: Number(seq) }), ...(pane && { pane }) }
}

/** Reads an address: path and query as `location` has them. */
export const parsePlace = (path: string, query = ''): Place => {
  const [first = '', ...rest] = path.split('/').filter(Boolean)
  if (first === '') return { at: 'home' }
  if (first === 'r') return parseRoom(rest, query)
  if (first === 'd' && rest.length === 1) return { at: 'person', user: rest[0] ?? '' }
  if (first === 'admin' && rest.length <= 1) return { at: 'admin', page: rest[0] ?? 'people' }
  if ((first === 'first-owner' || first === 'password') && rest.length === 0) return { at: first }
  return { at: 'nowhere' }
}

/** Writes an address. */
export const pathOf = (place: Exclude<Place, { at: 'nowhere' }>): string => {
  switch (place.at) {
    case 'home':
      return '/'
    case 'room': {
      const path = place.seq === undefined ? `/r/${place.room}` : `/r/${place.room}/${place.seq}`
      return place.pane ? `${path}?pane=${place.pane}` : path
    }
    case 'person':
      return `/d/${place.user}`
    case 'admin':
      return `/admin/${place.page}`
    default:
      return `/${place.at}`
  }
}
