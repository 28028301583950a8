import { type Addresses, addressesOf } from './addresses.ts'
import { createApi } from './api.ts'
import { type Edges, globalEdges } from './edges.ts'
import type { Session } from './session.ts'

type Server = string | Addresses
type Using = Partial<Pick<Edges, 'fetch' | 'clock'>>

const apiOf = (server: Server, edges: Using) => createApi(addressesOf(server).api, { ...globalEdges(), ...edges })

/**
 * Comes as a guest, where guests are welcome.
 * @param server its origin, like `https://chat.example`, or its {@link Addresses}
 * @throws ParleyError `forbidden` where guests are not welcome, `conflict` if an account has this name
 */
export const asGuest = (server: Server, name: string, edges: Using = {}): Promise<Session> =>
  apiOf(server, edges)('POST /api/guests', { body: { name } })

/**
 * Signs in to an account.
 * @throws ParleyError `unauthorized` if name or password are wrong, `forbidden` if the account is banned
 */
export const signIn = (
  server: Server,
  account: { readonly username: string; readonly password: string },
  edges: Using = {},
): Promise<Session> => apiOf(server, edges)('POST /api/login', { body: account })
