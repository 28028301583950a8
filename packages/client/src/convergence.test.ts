import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Client, type ClientOptions, createClient } from './client.ts'
import { foundScripts } from './testing/found-scripts.ts'
import { withPlanted } from './testing/plant.ts'
import { plantedBugs } from './testing/planted-bugs.ts'
import { script } from './testing/script.ts'
import { play } from './testing/story.ts'

/** A story takes some 40 ms, but other work on the machine may stretch that. */
const patience = { timeout: 120_000 }

/** Another one each time, and in the name of the test: so every run can be had again. */
const seed = Number(process.env.PARLEY_TEST_SEED ?? Math.floor(Math.random() * 2 ** 31))
const property = (make: (options: ClientOptions) => Client) => fc.asyncProperty(script, (one) => play(one, make))

describe('clients end with what the server has, and every message is stored once and in order', () => {
  test(`whatever happens on the way (PARLEY_TEST_SEED=${seed})`, patience, async () => {
    await fc.assert(property(createClient), { seed, numRuns: 150, interruptAfterTimeLimit: 8_000 })
  })

  test.each(foundScripts)('also where once $name', async ({ script: found }) => {
    await expect(play(found, createClient)).resolves.toBeUndefined()
  })
})

describe('the property finds', () => {
  test('nothing in a copy of the library', patience, async () => {
    const details = await withPlanted(undefined, (make) => fc.check(property(make), { seed: 1, numRuns: 10 }))
    expect(details).toMatchObject({ failed: false, numRuns: 10 })
  })

  test.each(plantedBugs)('that $name', patience, async (bug) => {
    const details = await withPlanted(bug, (make) =>
      fc.check(property(make), { seed: bug.seed, numRuns: 400, endOnFailure: true }),
    )
    expect(details.failed).toBe(true)
    expect(details.errorInstance).not.toBeInstanceOf(ReferenceError)
  })
})
