#!/usr/bin/env node
import { report } from './faults.ts'
import { endWithReader } from './output.ts'
import { createProgram } from './program.ts'

endWithReader()
try {
  await createProgram().parseAsync()
} catch (error) {
  process.exit(report(error))
}
