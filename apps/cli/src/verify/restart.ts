import { spawn } from 'node:child_process'
import { exitCodes, Failure } from '../failure.ts'
import { pause } from './patience.ts'

const startMs = 30_000

const isServing = (server: string): Promise<boolean> =>
  fetch(`${server}/api/health`, { signal: AbortSignal.timeout(2_000) }).then(
    ({ ok }) => ok,
    () => false,
  )

const runShell = (command: string): Promise<void> =>
  new Promise((resolve, reject) => {
    // What it leaves running may keep its output: only the shell's own end is waited for.
    const shell = spawn(command, { shell: true, stdio: 'ignore' })
    shell.on('error', reject)
    shell.on('exit', (code) =>
      code === 0
        ? resolve()
        : reject(new Failure(`The restart command ended with ${code}: ${command}`, exitCodes.usage)),
    )
  })

/** Runs a command that kills the server and starts it again, and waits until that serves. @throws Failure */
export const restartBy = (server: string, command: string) => async (): Promise<void> => {
  await runShell(command)
  for (const began = Date.now(); !(await isServing(server)); await pause(50)) {
    if (Date.now() - began > startMs)
      throw new Failure(`${server} did not come back after the restart command.`, exitCodes.usage)
  }
}
