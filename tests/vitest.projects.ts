import { fileURLToPath } from 'node:url'
import type { TestProjectInlineConfiguration } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))
// Files share what they import: each has servers of its own, and nothing else is kept.
const bounds = { isolate: false, testTimeout: 60_000, hookTimeout: 60_000, teardownTimeout: 10_000 }

/** The suite that speaks only the wire, once for each kind of server, and what only one kind can show. */
export const blackBoxProjects: TestProjectInlineConfiguration[] = [
  {
    test: {
      ...bounds,
      name: 'black box',
      root,
      include: ['src/**/*.test.ts'],
      provide: { deployment: 'node' },
    },
  },
  {
    test: {
      ...bounds,
      name: 'black box, engine anew',
      root,
      include: ['src/suite/**/*.test.ts'],
      provide: { deployment: 'engine-anew' },
    },
  },
]
