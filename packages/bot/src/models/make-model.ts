import type { Entry } from '../catalogue-file.ts'
import type { Model } from '../model.ts'
import type { AwsCredentials } from './bedrock.ts'
import type { GuardOptions } from './guarded-fetch.ts'
import { scripted } from './scripted.ts'

/** What a provider needs besides its entry. */
export interface Means extends GuardOptions {
  readonly key: string | undefined
  readonly credentials: () => Promise<AwsCredentials | undefined>
}

/** A model that is loaded when it is first asked: a server without one does not read a provider's SDK. */
const lazily = (load: () => Promise<Model>): Model => {
  let loading: Promise<Model> | undefined
  return {
    async *stream(request, signal) {
      loading ??= load()
      const model = await loading
      yield* model.stream(request, signal)
    },
  }
}

export const makeModel = (entry: Entry, means: Means): Model => {
  switch (entry.provider) {
    case 'openai-compatible':
      return lazily(async () =>
        (await import('./openai-compatible.ts')).openAiCompatible({ ...means, ...entry, key: means.key }),
      )
    case 'anthropic':
      return lazily(async () => (await import('./anthropic.ts')).anthropic({ ...means, ...entry, key: means.key }))
    case 'bedrock':
      return lazily(async () => (await import('./bedrock.ts')).bedrock({ ...means, ...entry, key: means.key }))
    case 'scripted':
      return scripted(means)
  }
}
