import { isIPv4, isIPv6 } from 'node:net'

/** The eight groups of an IPv6 address, each of up to four digits. */
const groupsOf = (address: string): readonly string[] => {
  const [head = '', tail] = (address.split('%')[0] ?? '').split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const between = tail === undefined ? 0 : 8 - before.length - after.length
  return [...before, ...Array<string>(Math.max(0, between)).fill('0'), ...after]
}

/**
 * Under what an address is limited: an IPv4 address as it is, also one that is written as IPv6; of IPv6 the network of
 * 64 bits, since whoever has one address of it has all.
 */
export const limitedAs = (address: string): string => {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1]
  if (mapped) return mapped
  if (!isIPv6(address)) return address
  return `${groupsOf(address.toLowerCase())
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}

/**
 * Where a request comes from.
 * @param proxies how many proxies of one's own stand in front, each of which appends who asked it to `X-Forwarded-For`;
 *   what stands before that is the asker's own claim, and is not believed
 */
export const clientAddress = (
  remote: string,
  { forwardedFor, proxies }: { readonly forwardedFor: string | undefined; readonly proxies: number },
): string => {
  if (proxies === 0 || !forwardedFor) return remote
  const claimed = forwardedFor.split(',').map((one) => one.trim())
  const address = claimed.at(-proxies) ?? claimed[0] ?? ''
  return isIPv4(address) || isIPv6(address) ? address : remote
}
