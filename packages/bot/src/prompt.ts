import type { Message, Room } from '@parley/protocol'
import { framing, withoutTricks } from './framing.ts'
import { instructionsFor, note } from './instructions.ts'
import type { ModelMessage, ModelRequest, Parameters } from './model.ts'
import { beginningOf, estimateRequest, estimateTokens } from './tokens.ts'

/** What was said before the recent messages, in short. */
export interface Summary {
  readonly text: string
  /** The seq of the last message that it tells of. */
  readonly upTo: number
}

/** What a prompt is built of. */
export interface PromptInput {
  readonly bot: Message['from']
  readonly room: Pick<Room, 'kind' | 'name' | 'topic'>
  /** The room's recent messages by seq, the prompting one among them or not. */
  readonly messages: readonly Message[]
  /** The message that is to be answered. */
  readonly prompt: Message
  readonly summary?: Summary | undefined
  /** What an admin tells the bot. */
  readonly instructions?: string | undefined
  readonly parameters: Parameters
  /** Milliseconds since 1970. */
  readonly now: number
  /** What the request may be estimated at; see {@link promptBudget}. At least 500. */
  readonly budgetTokens: number
}

/** A built prompt. */
export interface Prompt {
  readonly request: ModelRequest
  /** Messages that found no place and that the summary does not tell of, by seq: a new summary should. */
  readonly leftOut: readonly Message[]
}

/** Of a model's window what is left for a request when the reply has its part, with a tenth for what estimates miss. */
export const promptBudget = (contextTokens: number, maxTokens = Math.floor(contextTokens / 4)): number =>
  Math.max(500, Math.floor((contextTokens - Math.min(maxTokens, contextTokens / 2)) * 0.9))

/** Whether a model hears of a message: it stands, is whole, and says something. */
export const isHeard = ({ deletedAt, streaming, ended, text }: Message): boolean =>
  !deletedAt && !streaming && ended !== 'failed' && text.trim() !== ''

const costOf = (message: ModelMessage): number => estimateRequest({ messages: [message], parameters: {} })

const cutMark = ' [cut]'
const cutTo = (text: string, tokens: number): string =>
  estimateTokens(text) <= tokens
    ? text
    : `${beginningOf(text, Math.max(0, tokens - estimateTokens(cutMark) - 1))}${cutMark}`

const earlier: ModelMessage = { role: 'user', text: note('The conversation began before this') }

/**
 * Builds what a model is asked: the instructions, the summary, as many of the latest messages as the budget holds, and
 * last the prompting one, which is always in, cut at its end if it must be. What came after it is left out, so that a
 * reply that is made anew is asked for as it was the first time.
 */
export const buildPrompt = (input: PromptInput): Prompt => {
  const { bot, prompt, summary, budgetTokens } = input
  const { name, frame } = framing([bot])
  const heard = input.messages.filter((message) => message.seq < prompt.seq && isHeard(message))
  const byId = new Map(input.messages.map((message) => [message.id, message]))
  const framed = (message: Message): ModelMessage => {
    if (message.from.id === bot.id) return { role: 'assistant', text: withoutTricks(message.text) }
    const answered = message.replyTo && byId.get(message.replyTo)
    return { role: 'user', text: frame(message, answered || undefined) }
  }
  // In the order of their seq, so that of two of the same name the first has it without a number.
  for (const { from } of heard) name(from)

  const system: ModelMessage = {
    role: 'system',
    text: instructionsFor({ ...input, name: bot.name, maxTokens: Math.floor(budgetTokens / 2) }),
  }
  let left = budgetTokens - costOf(system) - costOf(earlier)
  const last: ModelMessage = { role: 'user', text: cutTo(framed(prompt).text, Math.max(32, left - 4)) }
  left -= costOf(last)

  const head: ModelMessage[] = []
  if (summary?.text) {
    const heading = 'What was said before, in short, as you noted it'
    const text = cutTo(note(heading, summary.text), Math.min(Math.floor(budgetTokens / 4), left - 4))
    const told: ModelMessage = { role: 'user', text }
    if (costOf(told) <= left) {
      head.push(told)
      left -= costOf(told)
    }
  }
  let first = heard.length
  const recent: ModelMessage[] = []
  for (const message of heard.toReversed()) {
    const next = framed(message)
    if (costOf(next) > left) break
    left -= costOf(next)
    recent.unshift(next)
    first--
  }
  if (head.length === 0 && recent[0]?.role === 'assistant') head.push(earlier)
  const known = summary?.upTo ?? 0
  return {
    request: { messages: [system, ...head, ...recent, last], parameters: input.parameters },
    leftOut: heard.slice(0, first).filter(({ seq }) => seq > known),
  }
}
