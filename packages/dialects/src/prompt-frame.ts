import { limits, ModelParameters } from '@parley/protocol'
import { textOf } from './frames.ts'

/** What a prompt asks. `asChat`: the client sent messages, and wants the answer as one. */
export interface Prompt {
  readonly msgid: string
  readonly text: string
  readonly asChat: boolean
  readonly model?: string
  readonly parameters: ModelParameters
}

type Fields = Readonly<Record<string, unknown>>

const isObject = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const between = (least: number, most: number, value: unknown): number | undefined =>
  typeof value === 'number' ? Math.min(most, Math.max(least, value)) : undefined

/** Numbers within what any provider takes; the owner's limits and the budget come after. */
const parametersOf = (params: Fields): ModelParameters => {
  const maxTokens = between(1, 1_000_000, params.max_tokens)
  const wished = {
    temperature: between(0, 2, params.temperature),
    maxTokens: maxTokens === undefined ? undefined : Math.round(maxTokens),
    topP: between(0, 1, params.top_p),
    frequencyPenalty: between(-2, 2, params.frequency_penalty),
    presencePenalty: between(-2, 2, params.presence_penalty),
  }
  return ModelParameters.parse(Object.fromEntries(Object.entries(wished).filter(([, value]) => value !== undefined)))
}

/** What was said last: the conversation before it is in the room. */
const lastWords = (payload: Fields): { readonly said: unknown; readonly asChat: boolean } => {
  if (Array.isArray(payload.messages)) {
    const last = payload.messages.findLast((message) => isObject(message) && message.role === 'user')
    return { said: isObject(last) ? last.content : undefined, asChat: true }
  }
  if (typeof payload.prompt !== 'string') return { said: undefined, asChat: false }
  const lines = payload.prompt.trimEnd()
  return { said: lines.slice(lines.lastIndexOf('\n') + 1), asChat: false }
}

const msgidUnits = 200

/** The prompt that a frame sends; of one that is too long, what its answer needs; undefined: nothing is asked. */
export const readPrompt = (frame: Fields | undefined): Prompt | Pick<Prompt, 'msgid' | 'asChat'> | undefined => {
  const payload = frame?.action === 'sendprompt' ? frame.payload : undefined
  if (!isObject(payload)) return undefined
  const { msgid } = payload
  if (typeof msgid !== 'string' || msgid.length > msgidUnits || !msgid.isWellFormed()) return undefined
  const { said, asChat } = lastWords(payload)
  const text = textOf(said)
  if (text === undefined) {
    return typeof said === 'string' && said.length > limits.textUnits ? { msgid, asChat } : undefined
  }
  const params = isObject(payload.params) ? payload.params : {}
  const model = params.model_name
  return {
    msgid,
    text,
    asChat,
    ...(typeof model === 'string' && model.length <= limits.modelNameUnits && { model }),
    parameters: parametersOf(params),
  }
}
