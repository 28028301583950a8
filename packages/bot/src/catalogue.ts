import type { Models } from '@parley/core'
import type { ZodError, z } from 'zod'
import { Address, CatalogueFile, type Entry, Key, ModelName } from './catalogue-file.ts'
import type { Model, Parameters } from './model.ts'
import type { AwsCredentials } from './models/bedrock.ts'
import type { Fetch } from './models/guarded-fetch.ts'
import { makeModel } from './models/make-model.ts'
import type { ParameterLimits } from './parameters.ts'
import { listPrices, type Price, type PriceTable, priceIn } from './prices.ts'
import { machineTimers, type Timers } from './timers.ts'

/** The models are described so that they cannot be used: one line for whoever started the server, without a key. */
export class BadCatalogue extends Error {}

/** A model by the name that rooms choose it by. */
export interface NamedModel {
  readonly name: string
  readonly provider: Entry['provider']
  readonly model: Model
  readonly defaults: Parameters
  readonly limits: ParameterLimits
  /** Null: not known. */
  readonly price: Price | null
  /** The window: what is asked and what is answered, together. */
  readonly contextTokens: number
}

/** The models that the server's owner offers; the first of `names` is the default. */
export interface Catalogue extends Models {
  /** The default where the name is left out, or no longer offered. */
  model(name?: string): NamedModel
}

/** What stands in for the outer world when models are made; left out: the machine's own. */
export interface CatalogueOptions {
  readonly fetch?: Fetch
  readonly timers?: Timers
  /** What signs requests to AWS where no entry has a key; undefined: what the environment holds. */
  readonly credentials?: () => Promise<AwsCredentials | undefined>
  /** True: nobody will speak with these models, so keys that the environment should hold may be missing. */
  readonly keyless?: boolean
}

type Environment = Readonly<Record<string, string | undefined>>

const openAi = 'https://api.openai.com/v1'
/** Quick, cheap, and it takes every setting that a room can make. */
const openAiModel = 'gpt-4.1-mini'
/** What nearly all models hold; more is asked for by name, since each prompt is billed by its length. */
const defaultContextTokens = 8192
const defaultStallSeconds = 60

const firstIssue = (error: ZodError): string => {
  const issue = error.issues[0]
  const path = issue?.path.map((step) => (typeof step === 'number' ? `[${step}]` : `.${String(step)}`)).join('') ?? ''
  const what = issue?.code === 'unrecognized_keys' ? `it does not take ${issue.keys.join(', ')}` : issue?.message
  return `${path.replace(/^\./, '')}${path && ': '}${what}`
}

const setting = <T extends z.ZodType>(
  environment: Environment,
  name: string,
  schema: () => T,
): z.infer<T> | undefined => {
  const given = environment[name]
  if (!given) return undefined
  const read = schema().safeParse(given)
  if (!read.success) throw new BadCatalogue(`${name}: it takes ${read.error.issues[0]?.message}`)
  return read.data
}

const fromEnvironment = (environment: Environment): CatalogueFile => {
  const url = setting(environment, 'PARLEY_MODEL_URL', Address)
  const model = setting(environment, 'PARLEY_MODEL', ModelName)
  const key = setting(environment, 'PARLEY_MODEL_KEY', Key) ?? setting(environment, 'OPENAI_API_KEY', Key)
  if (url && !model)
    throw new BadCatalogue("PARLEY_MODEL is missing: with PARLEY_MODEL_URL it names the address's model")
  if (!url && !key) {
    if (model) throw new BadCatalogue('PARLEY_MODEL_URL is missing: PARLEY_MODEL needs an address, or a key of OpenAI')
    return { models: [{ name: 'scripted', provider: 'scripted' }] }
  }
  const name = (model ?? openAiModel).replace(/[^\p{L}\p{N} ._:/@+-]/gu, '-').slice(0, 80)
  const entry = {
    provider: 'openai-compatible',
    url: url ?? openAi,
    model: model ?? openAiModel,
    ...(key && { key }),
  } as const
  return { models: [{ name, ...entry }] }
}

/**
 * Reads the file that `PARLEY_MODELS` names.
 * @throws {BadCatalogue} says what is wrong with it
 */
export const readCatalogueFile = (path: string, readFile: (path: string) => string): CatalogueFile => {
  const bad = (reason: string): BadCatalogue => new BadCatalogue(`PARLEY_MODELS=${path}: ${reason}`)
  let text: string
  try {
    text = readFile(path)
  } catch {
    throw bad('the file cannot be read')
  }
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch {
    throw bad('the file is not JSON')
  }
  const read = CatalogueFile().safeParse(json)
  if (!read.success) throw bad(firstIssue(read.error))
  const names = read.data.models.map(({ name }) => name)
  const double = names.find((name, index) => names.indexOf(name) !== index)
  if (double) throw bad(`two models are called ${double}`)
  if (read.data.default && !names.includes(read.data.default))
    throw bad(`default: no model is called ${read.data.default}`)
  return read.data
}

/** The environment variable that an entry's key is in; undefined where it is in none. */
export const keyNameOf = (entry: Entry): string | undefined => {
  if (entry.provider === 'scripted') return undefined
  return entry.keyFrom ?? (entry.provider === 'anthropic' && !entry.key ? 'ANTHROPIC_API_KEY' : undefined)
}

/** @throws {BadCatalogue} where a key is said to be in the environment and is not */
const keyOf = (entry: Entry, environment: Environment): string | undefined => {
  if (entry.provider === 'scripted') return undefined
  const keyFrom = keyNameOf(entry)
  if (!keyFrom) return entry.key
  if (entry.key) throw new BadCatalogue(`the model ${entry.name} takes key or keyFrom, not both`)
  const key = setting(environment, keyFrom, Key)
  if (!key) throw new BadCatalogue(`the model ${entry.name} has its key from ${keyFrom}, which is not set`)
  return key
}

const awsOf = async (environment: Environment): Promise<AwsCredentials | undefined> => {
  const { AWS_ACCESS_KEY_ID: accessKeyId, AWS_SECRET_ACCESS_KEY: secretAccessKey } = environment
  if (!accessKeyId || !secretAccessKey) return undefined
  return { accessKeyId, secretAccessKey, sessionToken: environment.AWS_SESSION_TOKEN }
}

/** List prices are those of the providers' own addresses: elsewhere the same name may cost anything, or nothing. */
const priceOf = (entry: Entry, own: PriceTable | undefined): Price | null => {
  if (entry.provider === 'scripted') return { in: 0, out: 0, currency: 'USD', asOf: listPrices.asOf }
  const isListed =
    entry.provider === 'openai-compatible' ? entry.url === openAi : entry.provider === 'anthropic' && !entry.url
  return (own && priceIn(own, entry.model)) ?? (isListed ? priceIn(listPrices, entry.model) : null)
}

/**
 * Reads which models the server's owner offers: those of the file that `PARLEY_MODELS` names; else one, by
 * `PARLEY_MODEL_URL`, `PARLEY_MODEL` and `PARLEY_MODEL_KEY` or `OPENAI_API_KEY`; else the scripted one.
 *
 * @throws {BadCatalogue} names the first that is wrong and what it takes
 */
export const readCatalogue = (
  environment: Environment,
  readFile: (path: string) => string,
  {
    fetch = globalThis.fetch,
    timers = machineTimers,
    credentials = () => awsOf(environment),
    keyless = false,
  }: CatalogueOptions = {},
): Catalogue => {
  const path = environment.PARLEY_MODELS
  const one = ['PARLEY_MODEL_URL', 'PARLEY_MODEL'].find((name) => environment[name])
  if (path && one) throw new BadCatalogue(`PARLEY_MODELS and ${one} are both set: choose one of them`)
  const file = path ? readCatalogueFile(path, readFile) : fromEnvironment(environment)
  const models = file.models.map((entry): NamedModel => {
    const stallMs = (entry.stallSeconds ?? defaultStallSeconds) * 1000
    return {
      name: entry.name,
      provider: entry.provider,
      model: makeModel(entry, {
        fetch,
        timers,
        stallMs,
        credentials,
        key: keyless ? undefined : keyOf(entry, environment),
      }),
      defaults: entry.defaults ?? {},
      limits: entry.limits ?? {},
      price: priceOf(entry, file.prices),
      contextTokens: entry.contextTokens ?? defaultContextTokens,
    }
  })
  const fallback = models.find(({ name }) => name === file.default) ?? models[0]
  if (!fallback) throw new BadCatalogue('there is no model')
  const names = [fallback.name, ...models.map(({ name }) => name).filter((name) => name !== fallback.name)]
  return {
    names,
    configured: models.some(({ provider }) => provider !== 'scripted'),
    model: (name) => models.find((model) => model.name === name) ?? fallback,
  }
}
