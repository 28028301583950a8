import { report } from './faults.ts'
import { endWithReader } from './output.ts'
import { createProgram } from './program.ts'

/** Does what the words on the command line say. */
export const run = async (): Promise<void> => {
  endWithReader()
  try {
    await createProgram().parseAsync()
  } catch (error) {
    process.exit(report(error))
  }
}
