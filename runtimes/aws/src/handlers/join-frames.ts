const objectsOf = (frame: string): string => (frame.startsWith('[') ? frame.slice(1, -1) : frame)

/**
 * Frames, each a JSON object or an array of such, joined into arrays of at most so many bytes, in their order. One that
 * stands alone stays as it is.
 */
export const joinFrames = (frames: readonly string[], bytesMax: number): readonly string[] => {
  const joined: string[] = []
  let waiting: string[] = []
  let bytes = 2
  const end = (): void => {
    const [first] = waiting
    if (first !== undefined) joined.push(waiting.length === 1 ? first : `[${waiting.map(objectsOf).join(',')}]`)
    waiting = []
    bytes = 2
  }
  for (const frame of frames) {
    const size = Buffer.byteLength(objectsOf(frame)) + 1
    if (bytes + size > bytesMax) end()
    waiting.push(frame)
    bytes += size
  }
  end()
  return joined
}
