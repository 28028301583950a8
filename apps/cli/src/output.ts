/** Ends quietly when whoever reads the output has had enough, as `head` has, or when the terminal is gone. */
export const endWithReader = (): void => {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE' || error.code === 'EIO') process.exit(0)
    throw error
  })
}

/** Writes a line to standard output. */
export const print = (line: string): void => {
  process.stdout.write(`${line}\n`)
}

/** Writes a value of the wire as a line of its own. */
export const printJson = (value: unknown): void => print(JSON.stringify(value))
