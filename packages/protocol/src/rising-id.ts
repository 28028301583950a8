/**
 * An id for a message: a UUID of version 7 (RFC 9562), in lower case, whose first 48 bits are the time. What is made one
 * after the other stands side by side in a database's index, which costs a server a good half less to write than ids
 * in no order. Not a secret: 74 bits of it are random.
 *
 * @param now milliseconds since 1970
 */
export const risingId = (now = Date.now()): string => {
  // Not `crypto.randomUUID`, which pages have in secure contexts only.
  const bytes = crypto.getRandomValues(new Uint8Array(10))
  bytes[0] = ((bytes[0] as number) & 0x0f) | 0x70
  bytes[2] = ((bytes[2] as number) & 0x3f) | 0x80
  const time = now.toString(16).padStart(12, '0')
  const rest = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('')
  return [time.slice(0, 8), time.slice(8), rest.slice(0, 4), rest.slice(4, 8), rest.slice(8)].join('-')
}
