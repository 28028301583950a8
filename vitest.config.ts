import { configDefaults, defineConfig } from 'vitest/config'
import { blackBoxProjects } from './tests/vitest.projects.ts'

/** Tests that measure their own process. */
const alone = ['runtimes/node/src/sqlite/archive-memory.test.ts']

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
