/**
 * Frames, each a JSON object or an array of such, joined into arrays of at most so many bytes, in their order. One that
 * stands alone stays as it is.
 */
export const joinFrames = (frames: readonly string[], bytesMax: number): readonly string[] => {
  const joined: string[] = []
  let inner: string[] = []
  let bytes = 2
  const end = (): void => {
    const [first] = inner
    if (first !== undefined) joined.push(inner.length === 1 && first.startsWith('{') ? first : `[${inner.join(',')}]`)
    inner = []
    bytes = 2
  }
  for (const frame of frames) {
    const objects = frame.startsWith('[') ? frame.slice(1, -1) : frame
    const size = Buffer.byteLength(objects) + 1
    if (bytes + size > bytesMax) end()
    inner.push(objects)
    bytes += size
  }
  end()
  return joined
}
