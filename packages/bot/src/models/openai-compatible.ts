import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { Model } from '../model.ts'
import type { GuardOptions } from './guarded-fetch.ts'
import { languageModel } from './language-model.ts'

export interface OpenAiCompatibleOptions extends GuardOptions {
  /** Base address, as `http://127.0.0.1:11434/v1`. */
  readonly url: string
  readonly model: string
  readonly key?: string | undefined
}

/** OpenAI's newer models refuse the old name of the limit, other servers do not know the new one. */
const newNames = ({ max_tokens, ...body }: Record<string, unknown>): Record<string, unknown> =>
  max_tokens === undefined ? body : { ...body, max_completion_tokens: max_tokens }

/** Any server that speaks OpenAI's chat completions: OpenAI, Ollama, vLLM, LM Studio and many more. */
export const openAiCompatible = ({ url, model, key, ...guard }: OpenAiCompatibleOptions): Model => {
  const isOpenAi = new URL(url).hostname === 'api.openai.com'
  return languageModel((fetch) => {
    const provider = createOpenAICompatible({
      name: 'parley',
      baseURL: url,
      includeUsage: true,
      fetch,
      ...(key && { apiKey: key }),
      ...(isOpenAi && { transformRequestBody: newNames }),
    })
    return provider.chatModel(model)
  }, guard)
}
