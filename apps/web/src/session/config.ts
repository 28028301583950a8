import type { Addresses } from '@parley/client'

/** Where the server is, and whether guests are welcome there. */
export interface Config extends Addresses {
  readonly guests: boolean
}

/** That of a page which is served by the server itself, until it has said otherwise. */
const ownServer = (): Config => ({
  api: `${location.origin}/api`,
  socket: `${location.origin.replace(/^http/, 'ws')}/ws`,
  guests: false,
})

const absolute = (address: unknown, fallback: string, secure: string): string => {
  if (typeof address !== 'string') return fallback
  const url = new URL(address, location.origin)
  if (secure === 'ws') url.protocol = url.protocol.replace(/^http/, 'ws')
  return url.href.replace(/\/$/, '')
}

/**
 * Reads `/config.json`: `{api, socket, guests}`, addresses absolute or relative to this page. Without an answer the
 * server is taken to be where the page is.
 */
export const loadConfig = async (): Promise<Config> => {
  const own = ownServer()
  try {
    const response = await fetch('/config.json')
    const told = (await response.json()) as Partial<Record<keyof Config, unknown>>
    return {
      api: absolute(told.api, own.api, 'http'),
      socket: absolute(told.socket, own.socket, 'ws'),
      guests: told.guests === true,
    }
  } catch {
    return own
  }
}
