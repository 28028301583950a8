/** Where a server is: as `/config.json` tells it. */
export interface Addresses {
  /** Of the HTTP API, like `https://chat.example/api`. */
  readonly api: string
  /** Of the socket, like `wss://chat.example/ws`. */
  readonly socket: string
}

const withoutSlash = (url: string): string => url.replace(/\/+$/, '')

/** The addresses of a server that has all its ends at one origin. */
export const addressesOf = (server: string | Addresses): Addresses => {
  if (typeof server !== 'string') return { api: withoutSlash(server.api), socket: withoutSlash(server.socket) }
  const origin = withoutSlash(server)
  return { api: `${origin}/api`, socket: `${origin.replace(/^http/i, 'ws')}/ws` }
}
