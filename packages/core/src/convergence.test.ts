import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { faults } from './testing/convergence/faults.ts'
import { play, type Stage } from './testing/convergence/play.ts'
import { scripts } from './testing/convergence/script.ts'

const maxSteps = 25

/** The seed and the path of a failure are printed; to see it again, give them to `fc.assert`. */
const converges = (stage: Stage) => fc.asyncProperty(scripts(maxSteps), (script) => play(stage, script))

describe('any clients, any commands, any drops, doubles, delays and reorderings', () => {
  const cases = [
    ['one core', false],
    ['core made anew for every call', true],
  ] as const
  test.each(cases)(
    '[D4][D2][W8][G8][R6][R11] what a client holds equals what is fetched fresh, with %s',
    async (_title, anew) => {
      await fc.assert(converges({ anew }), { numRuns: 400, interruptAfterTimeLimit: 4_000 })
    },
    60_000,
  )
})

const usualSeed = 4
/** What chance begins with where it takes hundreds of scripts more with the usual seed. */
const luckySeeds: Readonly<Record<string, number>> = {
  'a reaction is lost on its way': 49,
  'a reply that begins anew is told with its old text': 47,
  'an edit takes no rev': 23,
  'a deletion is told with the text': 7,
  'nobody is told left': 12,
  'an invitation is not told': 2,
  'a new name is not told': 5,
}

describe('the property finds a planted fault', () => {
  const found: string[] = []
  afterAll(() => console.info(found.join('\n')))

  test.each(Object.entries(faults))(
    '%s',
    async (name, fault) => {
      const seed = luckySeeds[name] ?? usualSeed
      const details = await fc.check(converges({ anew: false, fault }), { numRuns: 1_000, seed })
      const [shrunk] = details.counterexample ?? []
      found.push(`${name}: found by script ${details.numRuns}, shrunk to ${shrunk?.steps.length} steps`)
      expect(details.failed, 'the property held').toBe(true)
      expect(shrunk?.steps.length).toBeLessThan(10)
    },
    60_000,
  )
})
