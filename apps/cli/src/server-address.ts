import { exitCodes, Failure } from './failure.ts'

/** Where a server is when nobody says where. */
const usual = 'http://127.0.0.1:8080'

const isLoopback = (host: string): boolean => /^(localhost|127\.|\[::1\])/i.test(host)

/**
 * The origin of the server that is meant: as given, as `PARLEY_URL` says, or the usual one. Without `http://` or
 * `https://` an address of this machine is the former, any other the latter.
 * @throws {Failure} what is given is no address
 */
export const serverAddress = (
  given: string | undefined,
  environment: Readonly<Record<string, string | undefined>>,
): string => {
  const text = given ?? (environment.PARLEY_URL || usual)
  const whole = text.includes('://') ? text : `${isLoopback(text) ? 'http' : 'https'}://${text}`
  const url = URL.parse(whole)
  if (!url?.hostname || !/^https?:$/.test(url.protocol)) {
    throw new Failure(`${text} is no address. Write it like ${usual}.`, exitCodes.usage)
  }
  return url.origin
}
