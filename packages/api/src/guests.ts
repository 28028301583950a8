import { isLoopbackHost } from './admission.ts'

/** What a request says of where it comes from. */
export interface RequestFacts {
  readonly host: string | undefined
  readonly headers: Headers
}

/** What decides whether whoever sends a request may be a guest. */
export interface GuestRule extends RequestFacts {
  /** What the operator has said; undefined: nothing. */
  readonly setting: 'on' | 'off' | undefined
  readonly listensOnLoopback: boolean
}

/** Headers by which proxies and tunnels tell that they stand in between, and the beginnings of families of them. */
const forwarding = new Set([
  'client-ip',
  'fastly-client-ip',
  'fly-client-ip',
  'forwarded',
  'true-client-ip',
  'via',
  'x-client-ip',
  'x-cluster-client-ip',
  'x-envoy-external-address',
  'x-real-ip',
])
const forwardingFamilies = ['x-forwarded', 'x-original-', 'cf-', 'tailscale-'] as const

const isForwarding = (name: string): boolean =>
  forwarding.has(name) || forwardingFamilies.some((beginning) => name.startsWith(beginning))

/**
 * Whether guests are welcome. Unless the operator has decided, only where nobody from outside can come: a proxy in front
 * makes a loopback server public.
 */
export const guestsAllowed = ({ setting, listensOnLoopback, host, headers }: GuestRule): boolean => {
  if (setting) return setting === 'on'
  return listensOnLoopback && isLoopbackHost(host) && ![...headers.keys()].some(isForwarding)
}
