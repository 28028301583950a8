import { type IncomingMessage, STATUS_CODES } from 'node:http'
import type { Duplex } from 'node:stream'
import { type Admission, bearerToken, wrongHost } from '@parley/api'
import { type Bearer, type Chat, type Connection, isRefusal, type Refusal, refuse } from '@parley/core'
import { errorStatus } from '@parley/protocol'

/** A connection that has no id yet. */
export type Arriving = Omit<Connection, 'id'>

/** Lets an upgrade in, or answers it on its socket. */
export type Admit = (request: IncomingMessage, socket: Duplex) => Promise<Arriving | undefined>

/** How long a refusal may wait for its reader. */
const unreadMs = 5_000

/** Answers an upgrade with a refusal instead of a socket. */
export const refuseUpgrade = (
  socket: Duplex,
  { refused, message, retry }: Refusal,
  status: number = errorStatus[refused],
): undefined => {
  const body = JSON.stringify({ error: { code: refused, message } })
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'Content-Type: application/json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'X-Content-Type-Options: nosniff',
    'Connection: close',
    ...(retry === null ? [] : [`Retry-After: ${retry}`]),
  ]
  // After an upgrade nobody else looks after the socket: one that is neither read nor closed would stay for good.
  socket.once('finish', () => socket.destroy())
  setTimeout(() => socket.destroy(), unreadMs).unref()
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
}

/** Who comes: by a ticket in the address, or by a token in a header for clients that can send one. */
const identify = (chat: Chat, url: URL, authorization: string | undefined): Promise<Bearer | Refusal> => {
  const nobody = { kind: 'nobody', address: '', mayBeGuest: false } as const
  const ticket = url.searchParams.get('ticket')
  if (ticket) return chat.execute(nobody, { action: 'redeem-ticket', ticket })
  const token = bearerToken(authorization)
  if (token) return chat.execute(nobody, { action: 'authenticate', token })
  return Promise.resolve(refuse('unauthorized', 'Bring a ticket or a token.'))
}

/** One address at which sockets are opened. */
export interface Door {
  originAllowed(origin: string | undefined): boolean
  /** Says who comes, and as what. */
  arrive(request: IncomingMessage, url: URL): Promise<Arriving | Refusal>
}

/** The door of `/ws`: an origin of ours or none, a ticket or a token. */
export const parleyDoor = (chat: Chat, { originAllowed }: Admission): Door => ({
  originAllowed,
  arrive: async ({ headers }, url) => {
    const bearer = await identify(chat, url, headers.authorization)
    return isRefusal(bearer) ? bearer : { ...bearer, dialect: 'parley' }
  },
})

/** The rules at all doors: the right host, a path that is one, an origin that may come in by it. */
export const admitTo = ({ hostAllowed }: Admission, doorAt: (path: string) => Door | undefined): Admit => {
  return async (request, socket) => {
    if (!hostAllowed(request.headers.host)) {
      return refuseUpgrade(socket, wrongHost, 421)
    }
    const url = URL.parse(request.url ?? '/', 'http://localhost')
    const door = url && doorAt(url.pathname)
    if (!door) return refuseUpgrade(socket, refuse('not_found', 'There is no socket at this address.'))
    if (!door.originAllowed(request.headers.origin)) {
      return refuseUpgrade(socket, refuse('forbidden', 'This page may not open a socket here.'))
    }
    const arrival = await door.arrive(request, url)
    return isRefusal(arrival) ? refuseUpgrade(socket, arrival) : arrival
  }
}
