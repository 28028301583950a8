import { describe, expect, test } from 'vitest'
import { splitLines } from './split-lines.ts'

const linesOf = async (...pieces: readonly (string | Uint8Array)[]): Promise<string[]> => {
  const given = async function* () {
    for (const piece of pieces) yield typeof piece === 'string' ? Buffer.from(piece) : piece
  }
  const lines: string[] = []
  for await (const line of splitLines(given())) lines.push(line)
  return lines
}

describe('a file that comes in pieces', () => {
  test('is the same lines, wherever it is cut', async () => {
    const file = Buffer.from('first\n\n한글 👋\nlast')
    const expected = ['first', '', '한글 👋', 'last']
    for (let cut = 0; cut <= file.length; cut += 1) {
      expect(await linesOf(file.subarray(0, cut), file.subarray(cut))).toStrictEqual(expected)
    }
    expect(await linesOf(...[...file].map((byte) => Uint8Array.of(byte)))).toStrictEqual(expected)
  })

  test('has no line after its last newline', async () => {
    expect(await linesOf('a\nb\n')).toStrictEqual(['a', 'b'])
    expect(await linesOf()).toStrictEqual([])
    expect(await linesOf('')).toStrictEqual([])
  })

  test('is refused where it is not UTF-8, by the line', async () => {
    await expect(linesOf('a\n', Uint8Array.of(0xc3, 0x28), '\n')).rejects.toThrow('line 2: is not UTF-8')
  })

  test('is refused where a line has no end, before it is held', async () => {
    let given = 0
    const endless = async function* () {
      yield Buffer.from('a\n')
      for (; given < 1_000; given += 1) yield Buffer.alloc(65_536, 0x61)
    }
    const reading = async () => {
      for await (const line of splitLines(endless())) expect(line).toBe('a')
    }
    await expect(reading()).rejects.toThrow('line 2: is longer than 4194304 bytes')
    expect(given).toBe(64)
  })
})
