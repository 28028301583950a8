/** Counts what everything uses on AWS, and writes it down with the page that tells what it costs. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { synthesize } from '../infra/synth.ts'
import { countedFile } from './counted.ts'
import { measure } from './measure.ts'
import { costPage } from './page.ts'
import { play } from './play.ts'

const stack = mkdtempSync(join(tmpdir(), 'parley-cost-'))
process.once('exit', () => rmSync(stack, { recursive: true, force: true }))
await synthesize({ output: stack, page: join(stack, 'no-page') })
const counted = await measure(stack, play)
const lines = Object.entries(counted).map(([name, usage]) => `  ${JSON.stringify(name)}: ${JSON.stringify(usage)}`)
writeFileSync(countedFile, `{\n${lines.join(',\n')}\n}\n`)
writeFileSync(new URL('../../../docs/cost.md', import.meta.url), costPage(counted))
console.log('docs/cost.md is written.')
process.exit(0)
