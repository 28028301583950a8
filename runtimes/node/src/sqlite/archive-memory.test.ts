import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { exportLines, importLines } from '@parley/core'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { sqliteArchive } from './sqlite-archive.ts'
import { archiveFile } from './testing/archive-file.ts'
import { temporaryFolder } from './testing/temporary-database.ts'

const messages = 100_000
/** Far less than the 40 MB that the lines have, and far more than what is held of them. */
const mostBytes = 12_000_000

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** Bytes that are still in use when the others were collected. */
const inUse = (): number => {
  collect()
  return process.memoryUsage().heapUsed
}

/** Passes everything on, and looks now and then at how much more is in use than at first. */
async function* watched<T>(things: AsyncIterable<T>, peak: { bytes: number }): AsyncGenerator<T> {
  const first = inUse()
  let count = 0
  for await (const thing of things) {
    count += 1
    if (count % 10_000 === 0) peak.bytes = Math.max(peak.bytes, inUse() - first)
    yield thing
  }
}

describe('an archive of 100,000 messages', () => {
  let folder: string
  beforeEach(async () => {
    folder = await temporaryFolder()
  })
  afterEach(() => rm(folder, { recursive: true }))

  test('passes through little memory, in and out', async () => {
    const archive = sqliteArchive(join(folder, 'parley.db'))
    const coming = { bytes: 0 }
    expect(await importLines(archive, watched(archiveFile(messages), coming))).toMatchObject({ messages })
    const going = { bytes: 0 }
    let lines = 0
    for await (const _line of watched(exportLines(archive, { passwords: false }), going)) lines += 1
    expect(lines).toBe(messages + 5)
    expect(coming.bytes).toBeGreaterThan(0)
    expect(coming.bytes).toBeLessThan(mostBytes)
    expect(going.bytes).toBeLessThan(mostBytes)
  }, 120_000)
})
