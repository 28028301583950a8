/** Brings the stack to an account, or takes it away again: `deploy` and `destroy`, and what the CDK takes besides. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { cents, idleCost } from '../cost/budgets.ts'
import { readCounted } from '../cost/counted.ts'
import { firstOwnerWords, lambdaOf, type Offer, offerOwnership } from './first-owner.ts'

const [act = '', ...words] = process.argv.slice(2)
const output = fileURLToPath(new URL('../cdk.out', import.meta.url))
const cdk = fileURLToPath(import.meta.resolve('aws-cdk/bin/cdk'))

/** Builds the page if it is not the newest. */
const pageBuild = fileURLToPath(new URL('../../../apps/web/build/fresh.ts', import.meta.url))

const run = (given: readonly string[]): void => {
  const { status } = spawnSync(process.execPath, [cdk, ...given, '--app', output, ...words], { stdio: 'inherit' })
  if (status !== 0) process.exit(status ?? 1)
}

/** The credentials of the profile that the CDK was told of are to be found here, too. */
const useProfile = (): void => {
  const at = words.findIndex((word) => word === '--profile' || word.startsWith('--profile='))
  const profile = words[at]?.split('=')[1] ?? words[at + 1]
  if (at >= 0 && profile) process.env.AWS_PROFILE = profile
}

/** A link that makes an owner is for who sits there, not for the log of a machine. */
const offerOf = async (region: string, functionName: string): Promise<Offer> => {
  if (process.env.CI) return { failed: 'what a machine is told stays in its log' }
  useProfile()
  const { request, endpoint } = lambdaOf(region, process.env)
  return offerOwnership(request, endpoint, functionName)
}

const greeting = async (outputs: string): Promise<string> => {
  const { beyondFree, list } = idleCost(readCounted())
  const { Address, Administration, Region } = JSON.parse(readFileSync(outputs, 'utf8')).Parley
  const offer = await offerOf(Region, Administration)
  return `
Parley is at ${Address}

${firstOwnerWords(offer, Address, Administration, Region)}

With nobody there it costs ${cents(beyondFree)} a month beyond what every account has free, and ${cents(list)} where that is used up by other
things: two queues that are listened to, and a look at the clock each minute. docs/cost.md says what people add to it.
`
}

if (act === 'deploy') {
  const { status } = spawnSync(process.execPath, [pageBuild], { stdio: 'inherit' })
  if (status !== 0) process.exit(1)
  const { synthesize } = await import('./synth.ts')
  await synthesize({ output, environment: process.env })
  const outputs = join(mkdtempSync(join(tmpdir(), 'parley-deploy-')), 'outputs.json')
  run(['deploy', '--outputs-file', outputs])
  console.log(await greeting(outputs))
} else if (act === 'destroy') {
  const { synthesize } = await import('./synth.ts')
  await synthesize({ output, environment: process.env })
  run(['destroy'])
  console.log('The table, with all that was said, and the keys are still there. docs/aws.md says how to remove them.')
} else {
  console.error('Say deploy or destroy.')
  process.exitCode = 2
}
