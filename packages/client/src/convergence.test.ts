import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createClient } from './client.ts'
import { script } from './testing/script.ts'
import { play } from './testing/story.ts'

test('whatever happens on the way, clients end with what the server has, and every message is stored once', async () => {
  await fc.assert(
    fc.asyncProperty(script, (one) => play(one, createClient)),
    { numRuns: 20 },
  )
  expect.hasAssertions
}, 60_000)
