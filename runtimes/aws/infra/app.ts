import { parseArgs } from 'node:util'
import { synthesize } from './synth.ts'

const { values } = parseArgs({ options: { output: { type: 'string', default: 'cdk.out' } } })
await synthesize({ output: values.output, environment: process.env })
console.log(`The stack is in ${values.output}.`)
