import type { AccountRole, Answers, CommandOf } from '@parley/core'
import { isRefusal } from '@parley/core'
import { type AdminAction, administerData, BadSetting } from '@parley/runtime-node'
import { Command, Option } from 'commander'
import { Failure } from './failure.ts'
import { choosePassword } from './password.ts'

/** Asks the server of the data folder, or opens the folder where no server runs. */
const administer = async <A extends AdminAction>(command: CommandOf<A>): Promise<Answers[A]> => {
  const answer = await administerData<A>(process.env, command).catch((error: Error) => {
    throw new Failure(error.message, error instanceof BadSetting ? 2 : 1)
  })
  if (isRefusal(answer)) throw new Failure(answer.message)
  return answer
}

const withArticle: Record<string, string> = { member: 'a member', admin: 'an admin', owner: 'an owner' }

const roleOption = () =>
  new Option('--role <role>', 'what it may on the server').choices(['member', 'admin', 'owner']).default('member')
const stdinOption = () => new Option('--password-stdin', 'read the password from standard input')

interface PasswordOptions {
  readonly passwordStdin?: boolean
}

const add = async (name: string, { role, passwordStdin }: PasswordOptions & { role: AccountRole }): Promise<void> => {
  const password = await choosePassword(passwordStdin ?? false)
  const account = await administer({ action: 'add-account', name, password, role })
  console.log(`${account.name} is ${withArticle[account.role]} now.`)
}

const list = async (): Promise<void> => {
  for (let after: Answers['add-account']['id'] | undefined; ; ) {
    const { accounts, more } = await administer({ action: 'list-accounts', after })
    for (const { name, kind, role, banned } of accounts) {
      console.log([name, kind, role, ...(banned ? ['banned'] : [])].join('\t'))
    }
    after = accounts.at(-1)?.id
    if (!more) return
  }
}

const setPassword = async (name: string, { passwordStdin }: PasswordOptions): Promise<void> => {
  const password = await choosePassword(passwordStdin ?? false)
  await administer({ action: 'change-account', user: { name }, password })
  console.log(`${name} has a new password and is signed out everywhere.`)
}

const setRole = async (name: string, role: AccountRole): Promise<void> => {
  const account = await administer({ action: 'change-account', user: { name }, role })
  console.log(`${account.name} is ${withArticle[account.role]} now.`)
}

const ban = async (name: string, { lift }: { lift?: boolean }): Promise<void> => {
  await administer({ action: 'change-account', user: { name }, banned: !lift })
  console.log(lift ? `${name} may come back.` : `${name} is banned, and signed out everywhere.`)
}

export const userCommand = (): Command => {
  const user = new Command('user').description('Accounts of the server whose data folder is PARLEY_DATA (./data).')
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
