/** Counts what everything uses on AWS, and writes it down with the page that tells what it costs. */
import { writeFileSync } from 'node:fs'
import { count } from './count.ts'
import { countedFile } from './counted.ts'
import { costPage } from './page.ts'

const counted = await count()
const lines = Object.entries(counted).map(([name, usage]) => `  ${JSON.stringify(name)}: ${JSON.stringify(usage)}`)
writeFileSync(countedFile, `{\n${lines.join(',\n')}\n}\n`)
writeFileSync(new URL('../../../docs/cost.md', import.meta.url), costPage(counted))
console.log('docs/cost.md is written.')
process.exit(0)
