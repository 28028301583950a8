import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { synthesize } from '../infra/synth.ts'
import type { Counted } from './counted.ts'
import { measure } from './measure.ts'
import { play } from './play.ts'

/** Synthesizes the stack, runs it, and counts what everything uses. */
export const count = async (): Promise<Counted> => {
  const stack = await mkdtemp(join(tmpdir(), 'parley-cost-'))
  try {
    await synthesize({ output: stack, page: join(stack, 'no-page') })
    return await measure(stack, play)
  } finally {
    await rm(stack, { recursive: true, force: true })
  }
}
