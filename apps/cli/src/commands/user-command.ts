import type { AccountRole, Answers, CommandOf, Refusal } from '@parley/core'
import type { AdminAction } from '@parley/runtime-node/accounts'
import { Command, Option } from 'commander'
import { mustFit } from '../account/must-fit.ts'
import { choosePassword } from '../account/password.ts'
import { exitCodes, Failure } from '../failure.ts'
import { print } from '../output.ts'

type Refused = Refusal['refused']

/**
 * Asks the server of the data folder, or opens the folder where no server runs.
 * @param words what a refusal is called here, where the engine's own words leave open what they are about
 */
const administer = async <A extends AdminAction>(
  command: CommandOf<A>,
  words: Partial<Record<Refused, string>> = {},
): Promise<Answers[A]> => {
  const { administerData, BadSetting } = await import('@parley/runtime-node/accounts')
  const answer = await administerData<A>(process.env, command).catch((error: Error) => {
    throw new Failure(error.message, error instanceof BadSetting ? exitCodes.usage : exitCodes.failure)
  })
  if ('refused' in answer) throw new Failure(words[answer.refused] ?? answer.message)
  return answer
}

/** Changes the account of a name. */
const change = (name: string, facts: Omit<CommandOf<'change-account'>, 'action' | 'user'>) =>
  administer(
    { action: 'change-account', user: { name }, ...facts },
    { not_found: `There is no account ${name}. "parley user list" lists them.` },
  )

const withArticle: Record<string, string> = { member: 'a member', admin: 'an admin', owner: 'an owner' }

const roleOption = () =>
  new Option('--role <role>', 'what it may on the server').choices(['member', 'admin', 'owner']).default('member')
const stdinOption = () => new Option('--password-stdin', 'read the password from standard input')

interface PasswordOptions {
  readonly passwordStdin?: boolean
}

const add = async (name: string, { role, passwordStdin }: PasswordOptions & { role: AccountRole }): Promise<void> => {
  await mustFit('Name', name)
  const password = await choosePassword(passwordStdin ?? false)
  const account = await administer(
    { action: 'add-account', name, password, role },
    { conflict: `The name ${name} is taken. Choose another one.` },
  )
  print(`${account.name} is ${withArticle[account.role]} now.`)
}

const list = async (): Promise<void> => {
  for (let after: Answers['add-account']['id'] | undefined; ; ) {
    const { accounts, more } = await administer({ action: 'list-accounts', after })
    for (const { name, kind, role, banned } of accounts) {
      print([name, kind, role, ...(banned ? ['banned'] : [])].join('\t'))
    }
    after = accounts.at(-1)?.id
    if (!more) return
  }
}

const setPassword = async (name: string, { passwordStdin }: PasswordOptions): Promise<void> => {
  const password = await choosePassword(passwordStdin ?? false)
  await change(name, { password })
  print(`${name} has a new password and is signed out everywhere.`)
}

const setRole = async (name: string, role: AccountRole): Promise<void> => {
  const account = await change(name, { role })
  print(`${account.name} is ${withArticle[account.role]} now.`)
}

const ban = async (name: string, { lift }: { lift?: boolean }): Promise<void> => {
  await change(name, { banned: !lift })
  print(lift ? `${name} may come back.` : `${name} is banned, and signed out everywhere.`)
}

const help = `
They work on the data folder PARLEY_DATA (./data), while its server runs or not.

Examples:
  parley user add ana --role owner
  echo "$PASSWORD" | parley user add bia --password-stdin
  parley user role bia admin
  parley user ban mallory
  parley user ban mallory --lift`

export const userCommand = (): Command => {
  const user = new Command('user').description('Make and change accounts.').addHelpText('after', help)
  user
    .command('add <name>')
    .description('Make an account.')
    .addOption(roleOption())
    .addOption(stdinOption())
    .action(add)
  user.command('list').description('List accounts: name, kind, role.').action(list)
  user
    .command('password <name>')
    .description('Give an account a new password.')
    .addOption(stdinOption())
    .action(setPassword)
  user
    .command('role <name>')
    .description('Say what an account may on the server.')
    .addArgument(new Command().createArgument('<role>').choices(['member', 'admin', 'owner']))
    .action(setRole)
  user
    .command('ban <name>')
    .description('Ban an account: its sockets close at once.')
    .option('--lift', 'let it in again')
    .action(ban)
  return user
}
