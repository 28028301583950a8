import type { Socket } from 'node:net'

/** The bytes of an unmasked, uncompressed text frame of less than 64 KiB. */
export const framed = (text: Buffer): Buffer => {
  const head = text.length < 126 ? Buffer.of(0x81, text.length) : Buffer.of(0x81, 126, text.length >> 8, text.length)
  return Buffer.concat([head, text])
}

/** The stream under a WebSocket; `ws` keeps it to itself, and its types do not have it. */
export const streamOf = (socket: object): Socket => (socket as { readonly _socket: Socket })._socket
