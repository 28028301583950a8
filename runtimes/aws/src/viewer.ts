import { limitedAs } from '@parley/api'

/**
 * The address of who asks. Both CloudFront and API Gateway add the address that they were asked from to what was forwarded:
 * what stands before those two is whatever the client has chosen.
 */
export const viewerOf = (forwarded: string | undefined): string => (forwarded ?? '').split(',').at(-2)?.trim() ?? ''

/** Somebody that nobody knows yet. */
export const nobodyFrom = (forwarded: string | undefined, guests: 'on' | 'off') =>
  ({ kind: 'nobody', address: limitedAs(viewerOf(forwarded)), mayBeGuest: guests === 'on' }) as const
