import { readFileSync } from 'node:fs'
import type { Usage } from './usage.ts'

/** What was used, by what was done. */
export type Counted = Readonly<Record<string, Usage>>

/** Where the counts are kept that the page tells of: a test counts anew and compares. */
export const countedFile = new URL('./counted.json', import.meta.url)

export const readCounted = (): Counted => JSON.parse(readFileSync(countedFile, 'utf8'))

/** @throws {Error} where that was not counted */
export const countOf = (counted: Counted, name: string): Usage => {
  const usage = counted[name]
  if (!usage) throw new Error(`${name} was not counted`)
  return usage
}
