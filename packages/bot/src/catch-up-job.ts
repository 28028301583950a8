import { assistantId, isRefusal, type Job } from '@parley/core'
import { ask } from './ask.ts'
import type { BotOptions, Worked } from './bot.ts'
import { messagesAfter } from './conversation.ts'
import { ModelFailure } from './failure.ts'
import { growingText } from './growing-text.ts'
import type { Usage } from './model.ts'
import { costOf } from './prices.ts'
import { promptBudget } from './prompt.ts'
import { askToCatchUp, summaryTokens } from './summary.ts'
import { estimateRequest, estimateTokens } from './tokens.ts'

type CatchUpJob = Extract<Job, { kind: 'catchup' }>

/** A note is told whole each time, to one person: rarer than a reply. */
const intervalMs = 300

/** Tells somebody alone what was said in a room since they read it last. */
export const catchUp = async (options: BotOptions, job: CatchUpJob, signal: AbortSignal): Promise<Worked> => {
  const { room, asker, note } = job
  const tell = (text: string, streaming: boolean) =>
    ask(options, assistantId, { action: 'tell-note', user: asker, room, id: note, text, streaming })
  const start = await ask(options, asker, { action: 'begin-catchup', room })
  if (isRefusal(start)) return 'done'
  const { facts, left, read } = start
  if ((left.person !== null && left.person <= 0) || (left.room !== null && left.room <= 0)) {
    await tell("Today's budget of this server's models is used up. It begins anew at midnight UTC.", false)
    return 'done'
  }
  const named = options.catalogue.model(facts.bot?.model)
  const budgetTokens = promptBudget(named.contextTokens, summaryTokens)
  const messages = await messagesAfter(options, { room, asker, after: read, tokens: budgetTokens })
  const request = askToCatchUp({
    bot: { id: assistantId, name: 'assistant', kind: 'bot' },
    asker: { id: start.asker.id, name: start.asker.name, kind: start.asker.kind },
    messages: messages.filter(({ from }) => from.id !== asker),
    budgetTokens,
    maxTokens: Math.min(summaryTokens, named.limits.maxTokens ?? summaryTokens),
  })
  if (!request) {
    await tell('You have read everything here.', false)
    return 'done'
  }
  let usage: Usage | undefined
  const growing = growingText({
    after: options.timers.after,
    intervalMs,
    send: async () => !isRefusal(await tell(growing.text, true)),
  })
  try {
    for await (const part of named.model.stream(request, signal)) {
      if (part.type === 'text') growing.add(part.text)
      else usage = part.usage
    }
    await growing.settle()
  } catch (error) {
    if (!(error instanceof ModelFailure)) throw error
    options.log.warn({ kind: error.kind, detail: error.detail, model: named.name }, 'a model failed')
    growing.add(growing.text === '' ? error.line : `\n\n${error.line}`)
    await growing.settle()
  }
  signal.throwIfAborted()
  const used = usage ?? { tokensIn: estimateRequest(request), tokensOut: estimateTokens(growing.text) }
  await ask(options, assistantId, {
    action: 'record-usage',
    usage: {
      id: job.id,
      room,
      user: asker,
      bot: assistantId,
      model: named.name,
      at: new Date(options.timers.now()).toISOString(),
      variant: 0,
      ...used,
      cost: costOf(named.price, used),
      estimated: usage === undefined,
    },
  })
  await tell(growing.text, false)
  return 'done'
}
