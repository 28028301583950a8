import { isRefusal, type Job, type ReplyStart } from '@parley/core'
import type { Ended, Message } from '@parley/protocol'
import { ask } from './ask.ts'
import type { BotOptions, Worked } from './bot.ts'
import type { NamedModel } from './catalogue.ts'
import { messagesBefore } from './conversation.ts'
import { type Hold, takeHold } from './hold.ts'
import type { Parameters } from './model.ts'
import { clamp } from './parameters.ts'
import { costOf } from './prices.ts'
import { buildPrompt, type Prompt, promptBudget } from './prompt.ts'
import { makeNotes, roomNotes } from './room-notes.ts'
import { speak, type Used } from './speak.ts'

type ReplyJob = Extract<Job, { kind: 'reply' }>
type Begun = Extract<ReplyStart, { state: 'begun' }>

const spentLine = (left: Begun['left']): string | undefined => {
  if (left.person !== null && left.person <= 0)
    return "You have used up today's budget of this server's models. It begins anew at midnight UTC."
  if (left.room !== null && left.room <= 0)
    return "This room has used up today's budget of this server's models. It begins anew at midnight UTC."
  return undefined
}

const parametersFor = ({ facts, left }: Begun, wishes: ReplyJob['parameters'], named: NamedModel): Parameters => {
  const { temperature, maxTokens: inRoom, topP, frequencyPenalty, presencePenalty } = facts.bot ?? {}
  const set = { temperature, maxTokens: inRoom, topP, frequencyPenalty, presencePenalty }
  const given = Object.fromEntries(Object.entries(set).filter(([, value]) => value !== undefined))
  const most = Math.min(left.person ?? Number.POSITIVE_INFINITY, left.room ?? Number.POSITIVE_INFINITY)
  const { maxTokens: wished, ...rest } = clamp({ ...named.defaults, ...given, ...wishes }, named.limits)
  // Where nothing is wished, only a budget that runs out bounds a reply: providers refuse more than their model can say.
  const maxTokens = wished ?? (most < named.contextTokens ? most : undefined)
  return { ...rest, ...(maxTokens !== undefined && { maxTokens: Math.min(maxTokens, most) }) }
}

type Counted = Used & { readonly id: string }

const record = (options: BotOptions, job: ReplyJob, message: Message, named: NamedModel, { usage, ...rest }: Counted) =>
  ask(options, job.bot, {
    action: 'record-usage',
    usage: {
      ...rest,
      room: job.room,
      user: job.asker,
      bot: job.bot,
      message: message.id,
      variant: message.variants?.index ?? 0,
      model: named.name,
      at: new Date(options.timers.now()).toISOString(),
      tokensIn: usage.tokensIn,
      tokensOut: usage.tokensOut,
      cost: costOf(named.price, usage),
    },
  })

/** Builds the prompt; where older messages find no place and there are no notes about them yet, has these made first. */
const promptFor = async (
  options: BotOptions,
  job: ReplyJob,
  begun: Begun,
  named: NamedModel,
  signal: AbortSignal,
): Promise<Prompt & { readonly noted: Used | undefined }> => {
  const { facts, bot, prompt } = begun
  const { room, asker } = job
  const parameters = parametersFor(begun, job.parameters, named)
  const budgetTokens = promptBudget(named.contextTokens, parameters.maxTokens)
  const from = { id: bot.id, name: bot.name, kind: bot.kind }
  const messages = await messagesBefore(options, { room, asker, before: prompt.seq + 1, tokens: budgetTokens })
  const summary = await roomNotes(options, { room, asker })
  const instructions = [bot.bot?.instructions, facts.bot?.instructions].filter(Boolean).join('\n\n')
  const input = {
    bot: from,
    room: facts,
    messages,
    prompt,
    instructions,
    parameters,
    now: options.timers.now(),
    budgetTokens,
  }
  const built = buildPrompt({ ...input, summary })
  if (built.leftOut.length === 0 || named.provider === 'scripted') return { ...built, noted: undefined }
  const asked = { room, asker, bot: from, model: named, previous: summary, leftOut: built.leftOut, signal }
  const made = await makeNotes(options, asked)
  return { ...buildPrompt({ ...input, summary: made?.notes ?? summary }), noted: made?.used }
}

const end = (options: BotOptions, { room, bot }: ReplyJob, { message, run }: Begun, text: string, ended: Ended) =>
  ask(options, bot, { action: 'end-reply', room, id: message.id, run, text, ended })

/** Makes a reply that has begun. */
const make = async (options: BotOptions, job: ReplyJob, start: Begun, hold: Hold): Promise<void> => {
  const named = options.catalogue.model(job.model ?? start.facts.bot?.model ?? start.bot.bot?.model)
  // Each making is asked for and billed by itself, also one that goes on where another said nothing.
  const id = `${start.message.id} ${start.run} ${options.timers.now()}`
  const { request, noted } = await promptFor(options, job, start, named, hold.signal)
  if (noted) await record(options, job, start.message, named, { ...noted, id: `${id} notes` })
  if (hold.signal.aborted) return
  const intervalMs = 1_000 / (options.framesPerSecond ?? 10)
  const { text, ended, used } = await speak(options, {
    named,
    request,
    signal: hold.signal,
    intervalMs,
    send: hold.grow,
  })
  if (used) await record(options, job, start.message, named, { ...used, id })
  if (!hold.signal.aborted) await end(options, job, start, text, ended)
}

/** Answers a prompt: one message, that grows while the model speaks. */
export const reply = async (options: BotOptions, job: ReplyJob, stop: AbortSignal): Promise<Worked> => {
  const { room, prompt, asker, bot, run } = job
  const start = await ask(options, bot, { action: 'begin-reply', room, prompt, asker, run })
  if (isRefusal(start) || start.state === 'over') return 'done'
  if (start.state === 'busy') return { until: start.until }
  const spent = spentLine(start.left)
  if (spent) {
    await end(options, job, start, spent, 'failed')
    return 'done'
  }
  const hold = takeHold(options, { room, bot, id: start.message.id, run: start.run }, stop)
  try {
    await make(options, job, start, hold)
  } finally {
    hold.release()
  }
  stop.throwIfAborted()
  return 'done'
}
