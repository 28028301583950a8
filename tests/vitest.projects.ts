import { fileURLToPath } from 'node:url'
import type { TestProjectInlineConfiguration } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))
// Files share what they import: each has servers of its own, and nothing else is kept.
const bounds = { isolate: false, testTimeout: 60_000, hookTimeout: 60_000, teardownTimeout: 10_000 }

/** What the serverless shape is tried with in every run. */
const everyRun = ['src/{suite,compat,aws}/**/*.test.ts', 'src/verify/deployed.test.ts']
/** What `npm run test:aws` tries besides, for the time that it takes: walks of all actions by everybody. */
const besides = ['src/access/**/*.test.ts']

/** What no engine can remember from call to call, and so is tried with one that is made anew by `npm run test:anew` alone. */
const unmoved = [
  'src/suite/{crowds,failing-models,frames,http,http-chat,rates,texts,words}.test.ts',
  'src/compat/**/*.test.ts',
]

/** The serverless shape: what its functions are is bundled before. */
const aws: TestProjectInlineConfiguration = {
  test: {
    ...bounds,
    // What takes ten seconds here takes a minute on a machine that does much else.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    name: 'black box, aws',
    root,
    include: process.env.PARLEY_TEST_AWS ? [...everyRun, ...besides] : everyRun,
    globalSetup: [fileURLToPath(new URL('src/harness/aws-stack.ts', import.meta.url))],
    provide: { deployment: 'aws' },
  },
}

/** The suite that speaks only the wire, once for each kind of server, and what only one kind can show. */
export const blackBoxProjects: TestProjectInlineConfiguration[] = [
  {
    test: {
      ...bounds,
      name: 'black box',
      root,
      include: ['src/**/*.test.ts'],
      exclude: ['src/aws/**'],
      provide: { deployment: 'node' },
    },
  },
  {
    test: {
      ...bounds,
      name: 'black box, engine anew',
      root,
      include: ['src/{suite,compat}/**/*.test.ts'],
      exclude: process.env.PARLEY_TEST_ANEW ? [] : unmoved,
      provide: { deployment: 'engine-anew' },
    },
  },
  aws,
]
