import type { LanguageModelV3, LanguageModelV3CallOptions, LanguageModelV3StreamPart } from '@ai-sdk/provider'
import { limits } from '@parley/protocol'
import { ModelFailure } from '../failure.ts'
import type { EndReason, Model, ModelPart, ModelRequest, Usage } from '../model.ts'
import { replyText } from '../reply-text.ts'
import { type Fetch, type GuardOptions, guardedFetch } from './guarded-fetch.ts'
import { sdkFailure } from './sdk-failure.ts'

/** Neighbours of one role become one message: several servers' templates take only turns that alternate. */
const turns = (request: ModelRequest): LanguageModelV3CallOptions['prompt'] => {
  const merged: { role: 'system' | 'user' | 'assistant'; text: string }[] = []
  for (const { role, text } of request.messages) {
    const last = merged.at(-1)
    if (last?.role === role) last.text += `\n${text}`
    else merged.push({ role, text })
  }
  return merged.map(({ role, text }) =>
    role === 'system' ? { role, content: text } : { role, content: [{ type: 'text', text }] },
  )
}

const callOptions = (request: ModelRequest, abortSignal: AbortSignal): LanguageModelV3CallOptions => {
  const { maxTokens, ...others } = request.parameters
  const given = Object.entries({ maxOutputTokens: maxTokens, ...others }).filter(([, value]) => value !== undefined)
  return { prompt: turns(request), abortSignal, ...Object.fromEntries(given) }
}

type Finish = Extract<LanguageModelV3StreamPart, { type: 'finish' }>

const reasons: Partial<Record<Finish['finishReason']['unified'], EndReason>> = {
  stop: 'stop',
  length: 'length',
  'content-filter': 'filtered',
}

const usageOf = ({ inputTokens, outputTokens }: Finish['usage']): { usage?: Usage } =>
  inputTokens.total === undefined || outputTokens.total === undefined
    ? {}
    : { usage: { tokensIn: inputTokens.total, tokensOut: outputTokens.total } }

const nothingSaid = (reason: EndReason): ModelFailure => {
  if (reason === 'filtered') {
    return new ModelFailure('refused', { line: "The model's provider held its answer back.", detail: 'filtered' })
  }
  const line =
    reason === 'length'
      ? 'The model reached the longest reply that is allowed before it said anything. Allow longer ones.'
      : 'The model answered with nothing. Try again.'
  return new ModelFailure('bad_answer', { line, detail: 'an empty answer' })
}

/** One provider's model, for one stream. */
type Connect = (fetch: Fetch) => LanguageModelV3 | Promise<LanguageModelV3>

/**
 * Makes a model of a provider of the AI SDK. `connect` is called for each stream, with the only `fetch` that the
 * provider may use.
 */
export const languageModel = (connect: Connect, guard: GuardOptions): Model => ({
  async *stream(request, signal): AsyncGenerator<ModelPart> {
    if (signal.aborted) return
    const left = new AbortController()
    const reply = replyText(limits.botTextUnits)
    try {
      const provider = await connect(guardedFetch(guard))
      const { stream } = await provider.doStream(callOptions(request, AbortSignal.any([signal, left.signal])))
      for await (const part of stream) {
        if (signal.aborted) return
        if (part.type === 'error') throw sdkFailure(part.error, guard.timers.now())
        if (part.type === 'text-delta') {
          const text = reply.add(part.delta)
          if (text) yield { type: 'text', text }
          if (!reply.isFull) continue
          yield { type: 'end', reason: 'length' }
          return
        }
        if (part.type !== 'finish') continue
        const { unified, raw } = part.finishReason
        if (raw === undefined) throw new ModelFailure('cut', { detail: 'no end of the stream' })
        const rest = reply.rest()
        if (rest) yield { type: 'text', text: rest }
        const reason = reasons[unified] ?? 'other'
        if (reply.isBlank) throw nothingSaid(reason)
        yield { type: 'end', reason, ...usageOf(part.usage) }
        return
      }
      if (!signal.aborted) throw new ModelFailure('cut', { detail: 'no end of the stream' })
    } catch (error) {
      if (signal.aborted) return
      throw sdkFailure(error, guard.timers.now())
    } finally {
      left.abort()
    }
  },
})
