/** One frame of a WebSocket, with its bytes as they came. `text`: what a whole text frame says. */
export interface WebSocketFrame {
  readonly bytes: Buffer
  readonly text?: string
  /** Of a closing frame. */
  readonly closeCode?: number
}

const textOpcode = 1
const closeOpcode = 8

/** Where the payload of the first frame begins and ends; undefined while more of it has to come. */
const boundsOf = (bytes: Buffer): { readonly from: number; readonly to: number } | undefined => {
  if (bytes.length < 2) return undefined
  const short = (bytes[1] as number) & 0x7f
  const from = short === 126 ? 4 : short === 127 ? 10 : 2
  if (bytes.length < from) return undefined
  const length = short === 126 ? bytes.readUInt16BE(2) : short === 127 ? Number(bytes.readBigUInt64BE(2)) : short
  return bytes.length < from + length ? undefined : { from, to: from + length }
}

/**
 * Takes the bytes that a server sends apart into frames (RFC 6455, section 5.2). Servers do not mask; a text in several
 * frames is passed on, but not read.
 */
export const frameSplitter = (): ((chunk: Buffer) => readonly WebSocketFrame[]) => {
  let rest: Buffer = Buffer.alloc(0)
  return (chunk) => {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
    const frames: WebSocketFrame[] = []
    for (let bounds = boundsOf(rest); bounds; bounds = boundsOf(rest)) {
      const { from, to } = bounds
      const bytes = rest.subarray(0, to)
      const [first = 0] = bytes
      const opcode = first & 0x0f
      const isWhole = (first & 0x80) !== 0
      if (opcode === textOpcode && isWhole) frames.push({ bytes, text: bytes.toString('utf8', from) })
      else if (opcode === closeOpcode && to - from >= 2) frames.push({ bytes, closeCode: bytes.readUInt16BE(from) })
      else frames.push({ bytes })
      rest = rest.subarray(to)
    }
    return frames
  }
}
