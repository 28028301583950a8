/** Tells how long the functions take to begin, and what they load: `npm run bench:aws`. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { bundleBytes, bundleFunctions, functionNames } from '../infra/bundle.ts'
import { importTimes } from './import-times.ts'

const rounds = 9
const bundles = mkdtempSync(join(tmpdir(), 'parley-bundles-'))
process.once('exit', () => rmSync(bundles, { recursive: true, force: true }))
await bundleFunctions(bundles)
const names = functionNames.filter((name) => name !== 'make-keys' && name !== 'found')
const bytes = new Map<string, number>(names.map((name) => [name, bundleBytes(bundles, name)]))
for (const { name, ms, times } of await importTimes(bundles, names, rounds)) {
  const size = bytes.get(name)
  const kilobytes = size === undefined ? '' : `${Math.round(size / 1000)} KB`
  console.log(
    `${name.padEnd(14)} ${kilobytes.padStart(8)} ${ms.toFixed(0).padStart(6)} ms ${times.toFixed(2).padStart(6)} times`,
  )
}
