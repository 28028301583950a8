import { refuse } from '@parley/core'

/** Which hosts and pages may talk to a server. Headers as they came; undefined where there was none. */
export interface Admission {
  /** Whether a `Host` is that of one of the page's origins: else somebody has pointed a name of theirs at this server. */
  hostAllowed(host: string | undefined): boolean
  /** Whether a page of that `Origin` may change something or open a socket. Without an `Origin` it is no page that asks. */
  originAllowed(origin: string | undefined): boolean
  /** The origin under which an allowed host is reached. `protocol` (`http:`) is what it came by, for hosts that say no more. */
  publicOrigin(host: string, protocol: string): string
}

/** What whoever asks under a wrong name is told, with the status 421. */
export const wrongHost = refuse('bad_request', 'This server does not answer for that host.')

const loopbackHost = /^(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i
const loopbackOrigin = /^https?:\/\/(?:127\.0\.0\.1|localhost|\[::1\])(?::\d{1,5})?$/i

/** Whether a `Host` names the machine itself. */
export const isLoopbackHost = (host: string | undefined): boolean => host !== undefined && loopbackHost.test(host)

const loopback: Admission = {
  hostAllowed: isLoopbackHost,
  originAllowed: (origin) => origin === undefined || loopbackOrigin.test(origin),
  publicOrigin: (host, protocol) => `${protocol}//${host}`,
}

/** The forms in which clients write the host of an origin: with the port of its scheme, or without. */
const hostsOf = ({ protocol, hostname, port, host }: URL): readonly string[] =>
  port === '' ? [host, `${hostname}:${protocol === 'https:' ? 443 : 80}`] : [host]

const pageUrl = (origin: string): URL => {
  const url = new URL(origin)
  if (!/^https?:$/.test(url.protocol)) throw new TypeError(`${origin} is not an origin of pages`)
  return url
}

const listed = (origins: readonly string[]): Admission => {
  const urls = origins.map(pageUrl)
  const allowed = new Set(urls.map(({ origin }) => origin))
  const byHost = new Map<string, string>()
  for (const url of urls) for (const host of hostsOf(url)) if (!byHost.has(host)) byHost.set(host, url.origin)
  return {
    hostAllowed: (host) => host !== undefined && byHost.has(host.toLowerCase()),
    originAllowed: (origin) => origin === undefined || allowed.has(origin),
    publicOrigin: (host, protocol) => byHost.get(host.toLowerCase()) ?? `${protocol}//${host}`,
  }
}

/**
 * The rules of hosts and origins.
 * @param origins the page's public origins (`https://chat.example`); undefined: every loopback one, with any port
 * @throws {TypeError} for an origin that is no http or https URL
 */
export const admission = (origins?: readonly string[]): Admission => (origins ? listed(origins) : loopback)
