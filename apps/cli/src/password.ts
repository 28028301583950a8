import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { Failure } from './failure.ts'

let lines: AsyncIterator<string> | undefined

/** The lines of standard input, from where the last reader left off. */
export const inputLines = (): AsyncIterator<string> => {
  lines ??= createInterface({ input: process.stdin })[Symbol.asyncIterator]()
  return lines
}

/** Asks on the terminal without showing what is typed. */
const ask = async (question: string): Promise<string> => {
  const silent = new Writable({ write: (_piece, _encoding, done) => done() })
  const terminal = createInterface({ input: process.stdin, output: silent, terminal: true })
  process.stderr.write(question)
  try {
    return await terminal.question('')
  } finally {
    terminal.close()
    process.stderr.write('\n')
  }
}

/** A password that somebody has, from standard input or from the keyboard. */
export const readPassword = async (fromStdin: boolean): Promise<string> => {
  if (fromStdin) return (await inputLines().next()).value ?? ''
  if (!process.stdin.isTTY) throw new Failure('There is no keyboard to ask for the password. Use --password-stdin.')
  return ask('Password: ')
}

/** A password that somebody chooses, from the keyboard twice. */
export const choosePassword = async (fromStdin: boolean): Promise<string> => {
  const password = await readPassword(fromStdin)
  if (!fromStdin && (await ask('Again: ')) !== password) throw new Failure('These are two different passwords.')
  return password
}
