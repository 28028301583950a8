import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MakeArchive } from '../archive-contract.ts'
import { anyAct, compareAll, prepare } from '../store/property.ts'
import { fill, linesOf } from './lines.ts'

const acts = fc.array(anyAct, { minLength: 1, maxLength: 40 })

export const movedInMidLifeTests = (make: MakeArchive, runs: number): void => {
  test('a chat that is moved after any acts goes on with any others as the model does', async () => {
    const holds = fc.asyncProperty(acts, acts, async (before, after) => {
      const [from, to] = [await make(), await make()]
      const old = await from.open()
      const model = await prepare(old)
      for (const act of before) await act(old, model)
      const lines = await linesOf(from.archive)
      await fill(to.archive, lines)
      expect(await linesOf(to.archive)).toStrictEqual(lines)
      const store = await to.open()
      await compareAll(store, model)
      for (const act of after) await act(store, model)
      await compareAll(store, model)
      await from.stop()
      await to.stop()
    })
    await fc.assert(holds, { numRuns: runs })
  }, 120_000)
}
