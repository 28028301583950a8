import { ModelFailure } from '../failure.ts'
import type { Model, ModelPart, ModelRequest } from '../model.ts'

export const asking = (text: string): ModelRequest => ({ messages: [{ role: 'user', text }], parameters: {} })

/** How a stream went. */
export interface Heard {
  readonly texts: readonly string[]
  readonly text: string
  readonly end: Extract<ModelPart, { type: 'end' }> | undefined
  readonly failure: ModelFailure | undefined
}

/** Reads a stream to its end, or to its failure; `each` is called after each text. */
export const collect = async (
  model: Model,
  request: ModelRequest = asking('Hello'),
  { signal = new AbortController().signal, each = (_text: string): void => {} } = {},
): Promise<Heard> => {
  const texts: string[] = []
  let end: Heard['end']
  let failure: ModelFailure | undefined
  try {
    for await (const part of model.stream(request, signal)) {
      if (part.type === 'end') end = part
      else {
        texts.push(part.text)
        each(part.text)
      }
    }
  } catch (error) {
    if (!(error instanceof ModelFailure)) throw error
    failure = error
  }
  return { texts, text: texts.join(''), end, failure }
}
