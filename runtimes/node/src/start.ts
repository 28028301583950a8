import { BadSetting } from './bad-setting.ts'
import { readSettings } from './settings.ts'

/** Why a server did not start, in one line. */
const explain = (error: unknown): string => {
  const { code, message, port, address, syscall } = error as NodeJS.ErrnoException & { port?: number; address?: string }
  if (code === 'EADDRINUSE') return `Port ${port} of ${address} is in use. Set PORT to another one, or to 0 for any.`
  if (code === 'EACCES') return `No permission for port ${port} of ${address}. Set PORT to one above 1023.`
  if (code === 'EADDRNOTAVAIL' || code === 'ENOTFOUND') return `HOST is no address of this machine: ${message}`
  if (syscall === 'mkdir') return `PARLEY_DATA cannot be used: ${message}`
  return message
}

const isBadSetting = (error: unknown): boolean =>
  error instanceof BadSetting || ['EADDRNOTAVAIL', 'ENOTFOUND'].includes(String((error as NodeJS.ErrnoException).code))

/** Whoever tells a server to stop waits no longer than 5 s for it. What was acknowledged is stored by then in any case. */
const patienceMs = 4_500
const endAnyway = (): void => {
  console.error('Parley was stopped before all that was under way had come to its end.')
  process.exit(1)
}

/** Runs the server until it is told to stop; says so on standard output when it is ready. */
export const start = async (environment: Readonly<Record<string, string | undefined>>): Promise<void> => {
  try {
    const settings = readSettings(environment)
    // Loaded after the settings are known to be good: whoever has to mend one is told at once.
    const { startServer } = await import('./server.ts')
    const server = await startServer(settings)
    // Before the line that others wait for, so that it is there when that is.
    if (server.firstOwner !== undefined) console.error(`Make the first owner: ${server.firstOwner}`)
    console.log(`Parley is ready at ${server.url}`)
    let stopping = false
    const stop = (): void => {
      if (stopping) return
      stopping = true
      setTimeout(endAnyway, patienceMs)
      server.stop().then(
        () => process.exit(0),
        (error) => {
          console.error(error)
          process.exit(1)
        },
      )
    }
    process.on('SIGTERM', stop)
    process.on('SIGINT', stop)
  } catch (error) {
    console.error(`Parley cannot start. ${explain(error)}`)
    process.exitCode = isBadSetting(error) ? 2 : 1
  }
}
