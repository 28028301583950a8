import { exitCodes, Failure } from '../failure.ts'
import { ask, inputLines } from './input.ts'
import { mustFit } from './must-fit.ts'

/** A password that somebody has, from standard input or from the keyboard. */
export const readPassword = async (fromStdin: boolean, owner?: string): Promise<string> => {
  if (fromStdin) return (await inputLines().next()).value ?? ''
  if (!process.stdin.isTTY) {
    throw new Failure('There is no keyboard to ask for the password. Use --password-stdin.', exitCodes.usage)
  }
  return ask(owner === undefined ? 'Password: ' : `Password of ${owner}: `, { hidden: true })
}

/** A password that somebody chooses, from the keyboard twice; one that will not do is refused at once. @throws Failure */
export const choosePassword = async (fromStdin: boolean): Promise<string> => {
  const password = await readPassword(fromStdin)
  await mustFit('Password', password)
  if (!fromStdin && (await ask('Again: ', { hidden: true })) !== password) {
    throw new Failure('These are two different passwords.')
  }
  return password
}
