import { type Ended, limits } from '@parley/protocol'
import type { BotOptions } from './bot.ts'
import type { NamedModel } from './catalogue.ts'
import { ModelFailure } from './failure.ts'
import { type GrowingTextOptions, growingText } from './growing-text.ts'
import type { ModelRequest, Usage } from './model.ts'
import { beginningWithin } from './reply-text.ts'
import { estimateRequest, estimateTokens } from './tokens.ts'

/** What a request has used. */
export interface Used {
  readonly usage: Usage
  /** The provider did not say. */
  readonly estimated: boolean
}

/** What a request has used to which so much was said, as the provider counts it or, where it does not, by estimate. */
export const usedBy = (request: ModelRequest, said: string, usage: Usage | undefined): Used => ({
  usage: usage ?? { tokensIn: estimateRequest(request), tokensOut: estimateTokens(said) },
  estimated: usage === undefined,
})

/** What a model said, however it ended. */
export interface Said {
  readonly text: string
  readonly ended: Ended
  /** Undefined: it refused before it said anything, which nobody bills. */
  readonly used: Used | undefined
}

const filteredLine = 'The provider broke the reply off, by its rules about contents.'

/** What was said, and why it goes no further; together no more than a message holds. */
const withLine = (text: string, line: string): string => {
  const end = text === '' ? line : `\n\n${line}`
  return `${beginningWithin(text, limits.botTextUnits - end.length)}${end}`
}

export interface Speech extends Pick<GrowingTextOptions, 'send' | 'intervalMs'> {
  readonly named: NamedModel
  readonly request: ModelRequest
  readonly signal: AbortSignal
}

/** Lets a model speak until it ends, fails, or nobody wants it any more. Why it failed is in the text, not in what is sent. */
export const speak = async (
  { timers, log }: Pick<BotOptions, 'timers' | 'log'>,
  { named, request, signal, send, intervalMs }: Speech,
): Promise<Said> => {
  const growing = growingText({ after: timers.after, intervalMs, send })
  let usage: Usage | undefined
  let ended: Ended = 'done'
  let line: string | undefined
  try {
    for await (const part of named.model.stream(request, signal)) {
      if (part.type === 'text') growing.add(part.text)
      else {
        usage = part.usage
        if (part.reason === 'length') ended = 'length'
        if (part.reason === 'filtered') throw new ModelFailure('refused', { line: filteredLine })
      }
    }
  } catch (error) {
    if (!(error instanceof ModelFailure)) throw error
    log.warn({ kind: error.kind, detail: error.detail, model: named.name }, 'a model failed')
    ended = 'failed'
    line = error.line
  }
  await growing.settle()
  const { text } = growing
  if (line === undefined) return { text, ended, used: usedBy(request, text, usage) }
  const isBilled = usage !== undefined || text !== ''
  return { text: withLine(text, line), ended, used: isBilled ? usedBy(request, text, usage) : undefined }
}
