import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { Command } from 'commander'
import { Failure } from '../failure.ts'

/** Hands everything to the CDK, which asks on the terminal what it has to ask. */
const hand = (act: 'deploy' | 'destroy', words: readonly string[]): void => {
  const program = fileURLToPath(import.meta.resolve('@parley/runtime-aws/infra/deploy'))
  const { status } = spawnSync(process.execPath, [program, act, ...words], { stdio: 'inherit' })
  if (status !== 0) throw new Failure(`The stack was not ${act === 'deploy' ? 'deployed' : 'destroyed'}.`)
}

const deployHelp = `
It builds the page, and needs an account's credentials (aws configure, or AWS_PROFILE) and, once for each account and
region, "npx cdk bootstrap". What stands behind the command is handed to the CDK as it is. docs/aws.md has all of it, with
what it costs.

Settings (environment variables; each deploy takes all of them again):
  PARLEY_GUESTS     on or off: people come in by a name alone (off)
  PARLEY_COMPAT     on or off: clients of other chat systems (off)
  PARLEY_RATE       frames a second and connection (20)
  PARLEY_MODEL_URL  an API of OpenAI's form, and PARLEY_MODEL its model
  PARLEY_MODELS     a file of several models, also of Anthropic and Amazon Bedrock; keys stay out of it
  PARLEY_BUDGET_PERSON, PARLEY_BUDGET_ROOM  tokens of models a day (200000, 1000000)
  PARLEY_DELTAS     how often a second a reply grows at most (5): each time is paid for
  PARLEY_DOMAIN     your own name, and PARLEY_CERTIFICATE the ARN of its certificate

In the end it prints the address, a link that makes the first owner, and what it costs when nobody is there.

Examples:
  PARLEY_GUESTS=on parley deploy
  AWS_PROFILE=chat parley deploy --require-approval never
  npm run synth -- --output stack    only write the stack down: no account, no network`

const destroyHelp = `
It asks first. The table, with all that was said, and the keys stay; docs/aws.md says how to remove them.

Examples:
  parley destroy
  AWS_PROFILE=chat parley destroy`

const command = (act: 'deploy' | 'destroy', description: string, help: string): Command =>
  new Command(act)
    .description(description)
    .argument('[words...]', 'what the CDK takes besides')
    .allowUnknownOption()
    .addHelpText('after', help)
    .action((words: readonly string[]) => hand(act, words))

export const deployCommand = (): Command =>
  command('deploy', 'Bring the chat to AWS, or bring what is there up to date.', deployHelp)
export const destroyCommand = (): Command => command('destroy', 'Take the stack away from AWS again.', destroyHelp)
