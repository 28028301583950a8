import { createAmazonBedrock } from '@ai-sdk/amazon-bedrock'
import { ModelFailure } from '../failure.ts'
import type { Model } from '../model.ts'
import type { GuardOptions } from './guarded-fetch.ts'
import { languageModel } from './language-model.ts'

/** What signs a request to AWS. */
export interface AwsCredentials {
  readonly accessKeyId: string
  readonly secretAccessKey: string
  readonly sessionToken?: string | undefined
}

export interface BedrockOptions extends GuardOptions {
  readonly region: string
  readonly model: string
  /** Undefined: the region's own. */
  readonly url?: string | undefined
  /** A Bedrock API key; it goes before the credentials. */
  readonly key?: string | undefined
  readonly credentials?: (() => Promise<AwsCredentials | undefined>) | undefined
}

const credentialsOf = async (find: BedrockOptions['credentials']): Promise<AwsCredentials> => {
  const found = await find?.()
  if (!found) throw new ModelFailure('unauthorized', { detail: 'no credentials' })
  return found
}

/** Amazon Bedrock's Converse API. */
export const bedrock = ({ region, model, url, key, credentials, ...guard }: BedrockOptions): Model =>
  languageModel(async (fetch) => {
    // Whatever is not given here the SDK would look for in the environment, where the catalogue has the say.
    const baseURL = url ?? `https://bedrock-runtime.${region}.amazonaws.com`
    if (key) return createAmazonBedrock({ region, fetch, baseURL, apiKey: key })(model)
    const { accessKeyId, secretAccessKey, sessionToken } = await credentialsOf(credentials)
    return createAmazonBedrock({
      region,
      fetch,
      baseURL,
      apiKey: '',
      accessKeyId,
      secretAccessKey,
      ...(sessionToken && { sessionToken }),
    })(model)
  }, guard)
