import { defineConfig } from 'vitest/config'
import { blackBoxProjects } from './tests/vitest.projects.ts'

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          // Files share what they import, which is most of their time.
          isolate: false,
          include: ['{packages,runtimes,apps}/**/*.test.{ts,tsx}', '{scripts,bench,examples}/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      ...blackBoxProjects,
    ],
  },
})
