import { existsSync, mkdtempSync, rmSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configDefaults, defineConfig } from 'vitest/config'
import { blackBoxProjects } from './tests/vitest.projects.ts'

/** Tests that measure their own process. */
const alone = ['runtimes/node/src/sqlite/archive-memory.test.ts']

// Many threads and processes are started, and most of what each does is to compile what the one before it has compiled.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'parley-test-compiled')

/** Where a system keeps files in memory. */
const memory = '/dev/shm'
const enoughBytes = 4e9
const freeBytes = (): number => {
  const { bavail, bsize } = statfsSync(memory)
  return bavail * bsize
}
// What tests store has to outlive processes, and no power cut: hundreds of databases need not wait for a disk.
if (process.env.TMPDIR === undefined && existsSync(memory) && freeBytes() > enoughBytes) {
  const folder = mkdtempSync(join(memory, 'parley-tests-'))
  process.env.TMPDIR = folder
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
}

export default defineConfig({
  test: {
    maxWorkers: 2,
    // A log is read for what failed.
    reporters: [process.stdout.isTTY ? 'default' : 'minimal'],
    projects: [
      {
        test: {
          name: 'unit',
          // Files share what they import, which is most of their time.
          isolate: false,
          include: ['{packages,runtimes,apps}/**/*.test.{ts,tsx}', '{scripts,bench,examples}/**/*.test.ts'],
          exclude: [...configDefaults.exclude, ...alone],
          testTimeout: 30_000,
        },
      },
      { test: { name: 'unit, alone', include: alone } },
      ...blackBoxProjects,
    ],
  },
})
