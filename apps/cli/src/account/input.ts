import { createInterface, type Interface } from 'node:readline'
import { createInterface as createQuestions } from 'node:readline/promises'
import { Writable } from 'node:stream'

let reader: Interface | undefined
let lines: AsyncIterator<string> | undefined

/** The lines of standard input, from where the last reader left off. */
export const inputLines = (): AsyncIterator<string> => {
  reader ??= createInterface({ input: process.stdin })
  lines ??= reader[Symbol.asyncIterator]()
  return lines
}

/** Reads no more, so that the command can end while its input goes on. */
export const closeInput = (): void => reader?.close()

/** All that is left of standard input. */
export const restOfInput = async (): Promise<string> => {
  const input = inputLines()
  const rest: string[] = []
  for (let next = await input.next(); !next.done; next = await input.next()) rest.push(next.value)
  return rest.join('\n')
}

/** Asks on the terminal. Who ends the input instead of answering answers nothing. */
export const ask = async (question: string, { hidden = false } = {}): Promise<string> => {
  const silent = new Writable({ write: (_piece, _encoding, done) => done() })
  const terminal = createQuestions({ input: process.stdin, output: hidden ? silent : process.stderr, terminal: true })
  const ended = new Promise<string>((resolve) => terminal.once('close', () => resolve('')))
  terminal.on('SIGINT', () => {
    process.stderr.write('\n')
    process.exit(130)
  })
  if (hidden) process.stderr.write(question)
  try {
    return await Promise.race([terminal.question(hidden ? '' : question), ended])
  } finally {
    terminal.close()
    if (hidden) process.stderr.write('\n')
  }
}
