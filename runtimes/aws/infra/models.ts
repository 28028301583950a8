import { readFileSync } from 'node:fs'
import { BadCatalogue, keyNameOf, readCatalogue, readCatalogueFile } from '@parley/bot'
import { Aws } from 'aws-cdk-lib'
import { PolicyStatement } from 'aws-cdk-lib/aws-iam'

type Environment = Readonly<Record<string, string | undefined>>

/** A model of Amazon Bedrock that is asked with the rights of the function. */
export interface BedrockModel {
  readonly region: string
  readonly model: string
}

/** The file of models of whoever deploys: it goes with the functions' code. */
export interface DeployedModels {
  readonly text: string
  /** Names that the models' keys go by in the parameter for them. */
  readonly keys: readonly string[]
  readonly bedrock: readonly BedrockModel[]
}

/** What the file is called beside the code. */
export const modelsFile = 'models.json'

const read = (path: string): string => readFileSync(path, 'utf8')

/**
 * The models that the settings of a deploy name by a file; undefined where they name none.
 * @throws {BadCatalogue} where they are wrong, and where a key is in the file
 */
export const modelsIn = (environment: Environment): DeployedModels | undefined => {
  readCatalogue(environment, read, { keyless: true })
  const path = environment.PARLEY_MODELS
  if (!path) return undefined
  const { models } = readCatalogueFile(path, read)
  for (const entry of models) {
    if ('key' in entry && entry.key) {
      throw new BadCatalogue(
        `PARLEY_MODELS=${path}: the model ${entry.name} has its key in the file, which is deployed: use keyFrom`,
      )
    }
  }
  return {
    text: read(path),
    keys: [...new Set(models.flatMap((entry) => keyNameOf(entry) ?? []))],
    bedrock: models.flatMap((entry) =>
      entry.provider === 'bedrock' && !entry.keyFrom ? [{ region: entry.region, model: entry.model }] : [],
    ),
  }
}

/** What an inference profile's name begins with: it hands on to the model of that name in some region. */
const profile = /^(?:us|us-gov|eu|apac|au|jp|ca|global)\./

const behind = (model: string): string => `foundation-model/${model.replace(profile, '')}`

/** What stands behind inference profiles, in whatever region these choose. */
export const behindProfiles = (models: readonly BedrockModel[]): readonly string[] => [
  ...new Set(models.flatMap(({ model }) => (profile.test(model) ? [behind(model)] : []))),
]

const arnsOf = ({ region, model }: BedrockModel): readonly string[] => {
  const arn = (place: string, owner: string, what: string): string =>
    `arn:${Aws.PARTITION}:bedrock:${place}:${owner}:${what}`
  if (!profile.test(model)) return [arn(region, '', `foundation-model/${model}`)]
  return [arn(region, Aws.ACCOUNT_ID, `inference-profile/${model}`), arn('*', '', behind(model))]
}

/** The right to let these models answer, and no other ones; undefined where there are none. */
export const mayInvoke = (models: readonly BedrockModel[]): PolicyStatement | undefined =>
  models.length === 0
    ? undefined
    : new PolicyStatement({
        actions: ['bedrock:InvokeModelWithResponseStream'],
        resources: [...new Set(models.flatMap(arnsOf))],
      })
