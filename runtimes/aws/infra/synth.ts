import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { App, Validations } from 'aws-cdk-lib'
import type { CloudAssembly } from 'aws-cdk-lib/cx-api'
import { AwsSolutionsChecks } from 'cdk-nag'
import { bundleFunctions, functionNames } from './bundle.ts'
import { acknowledgeFindings } from './findings.ts'
import { modelsFile, modelsIn } from './models.ts'
import { ParleyStack } from './stack.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Settings that go through to the functions as they are. */
const passedOn = [
  'PARLEY_GUESTS',
  'PARLEY_COMPAT',
  'PARLEY_RATE',
  'PARLEY_MODEL',
  'PARLEY_MODEL_URL',
  'PARLEY_BUDGET_PERSON',
  'PARLEY_BUDGET_ROOM',
  'PARLEY_DELTAS',
] as const

const builtPage = fileURLToPath(new URL('../../../apps/web/dist', import.meta.url))

/** The settings of whoever deploys. @throws {Error} for a domain without its certificate, and for wrong models */
const choicesIn = (environment: Environment) => {
  const given = passedOn.map((name) => [name, environment[name]] as const).filter(([, value]) => value)
  const { PARLEY_DOMAIN: name, PARLEY_CERTIFICATE: certificateArn } = environment
  if (name && !certificateArn) {
    throw new Error('PARLEY_DOMAIN needs PARLEY_CERTIFICATE: the ARN of its certificate in us-east-1')
  }
  const models = modelsIn(environment)
  return {
    models,
    settings: {
      ...(Object.fromEntries(given) as Record<string, string>),
      ...(models && { PARLEY_MODELS: modelsFile }),
    },
    ...(name && certificateArn && { domain: { name, certificateArn } }),
  }
}

export interface SynthOptions {
  /** The folder that CloudFormation's template and all that it refers to is written to. */
  readonly output: string
  readonly environment?: Environment
  /** The built page; that of `apps/web` when left out. */
  readonly page?: string
}

/** Writes the whole stack down: bundles the functions, makes the template, checks it. Needs no network and no account. */
export const synthesize = async ({
  output,
  environment = {},
  page = builtPage,
}: SynthOptions): Promise<CloudAssembly> => {
  const { models, ...choices } = choicesIn(environment)
  const bundles = join(output, 'bundles')
  rmSync(bundles, { recursive: true, force: true })
  mkdirSync(bundles, { recursive: true })
  await bundleFunctions(bundles)
  if (models) for (const name of functionNames) writeFileSync(join(bundles, name, modelsFile), models.text)
  const app = new App({ outdir: output, analyticsReporting: false })
  const stack = new ParleyStack(app, 'Parley', { bundles, page, bedrock: models?.bedrock, ...choices })
  acknowledgeFindings(stack, models?.bedrock)
  Validations.of(app).addPlugins(new AwsSolutionsChecks(app))
  return app.synth()
}
