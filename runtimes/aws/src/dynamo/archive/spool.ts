import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A list that may be longer than memory: what is much goes into a temporary file. First all is added, then all is read. */
export interface Spool<T> {
  add(one: T): Promise<void>
  all(): AsyncGenerator<T>
  close(): Promise<void>
}

const inMemoryMax = 4_000_000

export const openSpool = <T>(): Spool<T> => {
  let lines: string[] = []
  let length = 0
  let spilled: { readonly folder: string; readonly file: FileHandle } | undefined

  const spill = async (): Promise<void> => {
    if (!spilled) {
      const folder = await mkdtemp(join(tmpdir(), 'parley-export-'))
      spilled = { folder, file: await open(join(folder, 'records'), 'wx+', 0o600) }
    }
    await spilled.file.appendFile(`${lines.join('\n')}\n`)
    lines = []
    length = 0
  }

  return {
    async add(one) {
      const line = JSON.stringify(one)
      lines.push(line)
      length += line.length
      if (length > inMemoryMax) await spill()
    },
    async *all() {
      if (spilled) {
        for await (const line of spilled.file.readLines({ start: 0, autoClose: false })) yield JSON.parse(line) as T
      }
      for (const line of lines) yield JSON.parse(line) as T
    },
    async close() {
      await spilled?.file.close()
      if (spilled) await rm(spilled.folder, { recursive: true })
      spilled = undefined
    },
  }
}
