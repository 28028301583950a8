import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { configDefaults, defineConfig } from 'vitest/config'
import { blackBoxProjects } from './tests/vitest.projects.ts'

/** Tests that measure their own process. */
const alone = ['runtimes/node/src/sqlite/archive-memory.test.ts']

// Many threads and processes are started, and most of what each does is to compile what the one before it has compiled.
process.env.NODE_COMPILE_CACHE ??= join(tmpdir(), 'parley-test-compiled')

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
