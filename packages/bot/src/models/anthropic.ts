import { createAnthropic } from '@ai-sdk/anthropic'
import { ModelFailure } from '../failure.ts'
import type { Model } from '../model.ts'
import type { GuardOptions } from './guarded-fetch.ts'
import { languageModel } from './language-model.ts'

export interface AnthropicOptions extends GuardOptions {
  /** Undefined: Anthropic's own. */
  readonly url?: string | undefined
  readonly model: string
  readonly key?: string | undefined
}

/** Anthropic's messages API. */
export const anthropic = ({ url, model, key, ...guard }: AnthropicOptions): Model =>
  languageModel((fetch) => {
    // Without a key the SDK would look into the environment, where the catalogue has the say.
    if (!key) throw new ModelFailure('unauthorized', { detail: 'no key' })
    return createAnthropic({ apiKey: key, fetch, baseURL: url ?? 'https://api.anthropic.com/v1' })(model)
  }, guard)
