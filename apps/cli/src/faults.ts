import { CommanderError } from 'commander'
import { exitCodes, Failure } from './failure.ts'

/** Says what went wrong, in a line; answers how the command is to end. */
export const report = (error: unknown): number => {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : exitCodes.usage
  if (error instanceof Failure) {
    console.error(error.message)
    return error.exitCode
  }
  const { message, stack } = error instanceof Error ? error : new Error(String(error))
  console.error(process.env.PARLEY_LOG === 'debug' ? stack : `Something is wrong with parley itself: ${message}`)
  return exitCodes.failure
}

/** Reports faults that nobody waits for like all others. Not for the server, whose operator needs all that is known. */
export const reportFaults = (): void => {
  const end = (error: unknown): void => process.exit(report(error))
  process.on('uncaughtException', end)
  process.on('unhandledRejection', end)
}
