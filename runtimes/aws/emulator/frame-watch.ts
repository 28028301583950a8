/**
 * Watches the bytes of a client for a WebSocket frame (RFC 6455, section 5.2) whose payload is larger than allowed. `ws`
 * bounds messages, but not the frames that they come in.
 */
export const watchFrames = (payloadMax: number, tooLarge: () => void): ((chunk: Buffer) => void) => {
  let header: number[] = []
  let skip = 0
  const lengthOf = (): number | undefined => {
    const short = (header[1] ?? 0) & 0x7f
    const extended = short === 126 ? 2 : short === 127 ? 8 : 0
    if (header.length < 2 + extended) return undefined
    if (extended === 0) return short
    return header.slice(2, 2 + extended).reduce((sum, byte) => sum * 256 + byte, 0)
  }
  const maskBytes = 4
  return (chunk) => {
    let at = 0
    while (at < chunk.length) {
      if (skip > 0) {
        const step = Math.min(skip, chunk.length - at)
        skip -= step
        at += step
        continue
      }
      header.push(chunk[at] ?? 0)
      at += 1
      if (header.length < 2) continue
      const length = lengthOf()
      if (length === undefined) continue
      if (length > payloadMax) return tooLarge()
      skip = length + maskBytes
      header = []
    }
  }
}
