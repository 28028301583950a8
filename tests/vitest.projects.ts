import { fileURLToPath } from 'node:url'
import type { TestProjectInlineConfiguration } from 'vitest/config'

const root = fileURLToPath(new URL('.', import.meta.url))
// Files share what they import: each has servers of its own, and nothing else is kept.
const bounds = { isolate: false, testTimeout: 60_000, hookTimeout: 60_000, teardownTimeout: 10_000 }

/** All that the serverless shape is tried with: `npm run test:aws`. */
const all = ['src/{suite,access,compat,aws}/**/*.test.ts', 'src/verify/deployed.test.ts']

/**
 * What of it is part of every run, for the time that it takes: talking, membership, replies with stop and retry,
 * clients of an older system, and everything that goes wrong on AWS alone.
 */
const telling = [
  ...['sending', 'membership', 'replies'].map((name) => `src/suite/${name}.test.ts`),
  'src/compat/prompt.test.ts',
  'src/aws/**/*.test.ts',
]

/** What no engine can remember from call to call, and so is tried with one that is made anew by `npm run test:anew` alone. */
const unmoved = [
  'src/suite/{crowds,failing-models,frames,http,http-chat,rates,texts,words}.test.ts',
  'src/compat/**/*.test.ts',
]

/** The serverless shape: what its functions are is bundled before. */
const aws: TestProjectInlineConfiguration = {
  test: {
    ...bounds,
    name: 'black box, aws',
    root,
    include: process.env.PARLEY_TEST_AWS ? all : telling,
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
