import {
  type Answer,
  type Asked,
  fakeServer,
  openAiBegin,
  openAiEnd,
  openAiStream,
  openAiText,
} from '@parley/bot/testing'
import { afterAll } from 'vitest'
import type { Settings } from './deployment.ts'

/** One request to a provider, which waits for what the test lets it say. */
export interface Speaker {
  readonly asked: Asked
  say(text: string): void
  /** Ends as OpenAI does. */
  end(): void
  /** Resolves when the server has closed the connection before the end. */
  readonly hungUp: Promise<void>
}

/** A provider that speaks OpenAI's format, on loopback. */
export interface Provider {
  /** What makes a server ask it. */
  readonly settings: Settings
  /** What it was asked so far. */
  readonly asked: readonly Asked[]
  /** How the requests from now on are answered: greeted, until something else is said. */
  answer(answer: Answer): void
  /** Leaves the next request to the test; those after it are greeted. */
  next(): Promise<Speaker>
}

/** The key that a server is given for the provider: nobody else shall ever see it. */
export const providerKey = 'sk-a-key-that-nobody-shall-see'

const greeting = openAiStream(['Hello', ' there.'])

/** A provider for all of a test file. */
export const provider = async (): Promise<Provider> => {
  const server = await fakeServer(greeting)
  afterAll(() => server.close())
  return {
    settings: { PARLEY_MODEL_URL: `${server.origin}/v1`, PARLEY_MODEL: 'fake', PARLEY_MODEL_KEY: providerKey },
    asked: server.asked,
    answer: server.answer,
    next: () =>
      new Promise((resolve) => {
        server.answer((response, asked) => {
          const gone = Promise.withResolvers<void>()
          response.on('close', () => {
            if (!response.writableFinished) gone.resolve()
          })
          server.answer(greeting)
          openAiBegin(response)
          resolve({
            asked,
            say: (text) => openAiText(response, text),
            end: () => openAiEnd(response, asked),
            hungUp: gone.promise,
          })
        })
      }),
  }
}
