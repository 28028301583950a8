import { defineConfig } from 'vitest/config'
import { blackBoxProjects } from './tests/vitest.projects.ts'

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      {
        test: {
          name: 'unit',
          include: ['{packages,runtimes,apps}/**/*.test.{ts,tsx}', '{scripts,bench,examples}/**/*.test.ts'],
          testTimeout: 30_000,
        },
      },
      ...blackBoxProjects,
    ],
  },
})
