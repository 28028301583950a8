import { globSync, readFileSync } from 'node:fs'
import { dirname, join, normalize, sep } from 'node:path'

/**
 * The import law: which of the project's packages each package may import. `protocol` is below `core`, `core` below all
 * that speaks for it, and nobody imports a runtime but the command line, which starts one.
 */
const law: Record<string, readonly string[]> = {
  'packages/protocol': [],
  'packages/core': ['protocol'],
  'packages/api': ['protocol', 'core'],
  'packages/bot': ['protocol', 'core'],
  'packages/dialects': ['protocol', 'core'],
  'packages/client': ['protocol'],
  'runtimes/node': ['protocol', 'core', 'api', 'bot', 'dialects'],
  'runtimes/aws': ['protocol', 'core', 'api', 'bot', 'dialects'],
  'apps/web': ['protocol', 'client'],
  'apps/cli': ['protocol', 'core', 'client', 'runtime-node', 'runtime-aws'],
}

/** What tests may import besides: the engine that a client is tested against. */
const testsMayBesides: Record<string, readonly string[]> = { 'packages/client': ['core'] }

/** Core is free of I/O: of Node's own modules it may use only these. */
const coreMayUse = ['node:crypto', 'node:util']

const importPattern = /(?:from|import)\s*\(?\s*'([^']+)'/g
const isTest = (file: string): boolean => /\.test(-d)?\.tsx?$/.test(file) || file.includes(`${sep}testing${sep}`)

const breaches: string[] = []
for (const [home, allowed] of Object.entries(law)) {
  for (const file of globSync(`${home}/**/*.{ts,tsx}`, { exclude: ['**/node_modules/**', '**/dist/**'] })) {
    const may = isTest(file) ? [...allowed, ...(testsMayBesides[home] ?? [])] : allowed
    for (const [, name = ''] of readFileSync(file, 'utf8').matchAll(importPattern)) {
      const own = /^@parley\/([a-z-]+)/.exec(name)?.[1]
      if (own && !may.includes(own)) breaches.push(`${file} imports @parley/${own}`)
      const outside = name.startsWith('.') && !normalize(join(dirname(file), name)).startsWith(home + sep)
      if (outside) breaches.push(`${file} reaches outside its package: ${name}`)
      if (home === 'packages/core' && !isTest(file) && name.startsWith('node:') && !coreMayUse.includes(name)) {
        breaches.push(`${file} does I/O in core: ${name}`)
      }
    }
  }
}
for (const breach of breaches) console.error(breach)
console.log(`import law: ${breaches.length} breaches`)
process.exitCode = breaches.length > 0 ? 1 : 0
