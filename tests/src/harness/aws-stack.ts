/** Writes down the stack that the tests run, once for all of them. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { synthesize } from '@parley/runtime-aws/infra'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** The folder of the synthesized stack. */
    readonly stack?: string
  }
}

export default async (project: TestProject): Promise<() => Promise<void>> => {
  const output = await mkdtemp(join(tmpdir(), 'parley-stack-'))
  await synthesize({ output, page: join(output, 'no-page') })
  project.provide('stack', output)
  return () => rm(output, { recursive: true, force: true })
}
