import { execFile } from 'node:child_process'
import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const source = fileURLToPath(new URL('slow-fsync.c', import.meta.url))
let compiled: Promise<string> | undefined

const compile = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-bench-fsync-'))
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
  const library = join(folder, 'slow-fsync.so')
  await promisify(execFile)('gcc', ['-O2', '-shared', '-fPIC', '-o', library, source])
  return library
}

/** The path of a library that, preloaded, adds 2 ms to each fsync; rejects where there is no gcc. */
export const slowFsync = (): Promise<string> => {
  compiled ??= compile()
  return compiled
}
