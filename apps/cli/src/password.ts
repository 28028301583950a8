import { createInterface } from 'node:readline/promises'
import { Writable } from 'node:stream'
import { Failure } from './failure.ts'

/** The first line of standard input. */
const firstLine = async (): Promise<string> => {
  for await (const line of createInterface({ input: process.stdin })) return line
  return ''
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
  if (fromStdin) return firstLine()
  if (!process.stdin.isTTY) throw new Failure('There is no keyboard to ask for the password. Use --password-stdin.')
  return ask('Password: ')
}

/** A password that somebody chooses, from the keyboard twice. */
export const choosePassword = async (fromStdin: boolean): Promise<string> => {
  const password = await readPassword(fromStdin)
  if (!fromStdin && (await ask('Again: ')) !== password) throw new Failure('These are two different passwords.')
  return password
}
