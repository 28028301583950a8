/**
 * Measures what the library costs a page, minified and compressed, and fails when that is too much or when it needs
 * something that browsers do not have.
 */
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'rolldown'

interface Door {
  readonly file: string
  /** Bytes from which on it is too large. */
  readonly limit: number
  /** What whoever uses it brings along. */
  readonly brought: readonly string[]
}

const doors: readonly Door[] = [
  { file: 'index.ts', limit: 20_000, brought: [] },
  { file: 'react.ts', limit: 2_000, brought: ['react'] },
]

/** Names of Node that a bundler leaves as they are, and a page does not know. */
const foreign = /\b(?:process|Buffer|setImmediate|__dirname|__filename|require)\b(?=[.(])/g

const measure = async ({ file, limit, brought }: Door): Promise<readonly string[]> => {
  const { output } = await build({
    input: join(import.meta.dirname, '../src', file),
    external: (name) => !name.startsWith('.') && !name.startsWith('/') && !name.startsWith('@parley/'),
    platform: 'browser',
    output: { minify: true },
    write: false,
    logLevel: 'silent',
  })
  const [chunk] = output
  const bytes = gzipSync(chunk.code, { level: 9 }).length
  console.log(`${file}: ${bytes} bytes compressed, of fewer than ${limit}`)
  const lacking = [...chunk.imports.filter((name) => !brought.includes(name)), ...(chunk.code.match(foreign) ?? [])]
  return [
    ...(output.length > 1 ? [`${file} is more than one file`] : []),
    ...(bytes >= limit ? [`${file} is too large`] : []),
    ...[...new Set(lacking)].map((name) => `${file} needs ${name}, which a page does not have`),
  ]
}

const faults = (await Promise.all(doors.map(measure))).flat()
for (const fault of faults) console.error(fault)
process.exitCode = faults.length > 0 ? 1 : 0
