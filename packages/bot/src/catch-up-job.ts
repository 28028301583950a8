import { assistantId, isRefusal, type Job } from '@parley/core'
import { ask } from './ask.ts'
import type { BotOptions, Worked } from './bot.ts'
import type { NamedModel } from './catalogue.ts'
import { messagesAfter } from './conversation.ts'
import { costOf } from './prices.ts'
import { promptBudget } from './prompt.ts'
import { speak, type Used } from './speak.ts'
import { askToCatchUp, summaryTokens } from './summary.ts'

type CatchUpJob = Extract<Job, { kind: 'catchup' }>

/** A note is told whole each time, to one person: rarer than a reply. */
const intervalMs = 300

const record = (options: BotOptions, job: CatchUpJob, named: NamedModel, { usage, estimated }: Used) => {
  const now = options.timers.now()
  return ask(options, assistantId, {
    action: 'record-usage',
    usage: {
      // Each making is billed by itself.
      id: `${job.id} ${now}`,
      room: job.room,
      user: job.asker,
      bot: assistantId,
      model: named.name,
      at: new Date(now).toISOString(),
      variant: 0,
      tokensIn: usage.tokensIn,
      tokensOut: usage.tokensOut,
      cost: costOf(named.price, usage),
      estimated,
    },
  })
}

/** Tells somebody alone what was said in a room since they read it last. */
export const catchUp = async (options: BotOptions, job: CatchUpJob, signal: AbortSignal): Promise<Worked> => {
  const { room, asker, note, since } = job
  const tell = (text: string, streaming: boolean) =>
    ask(options, assistantId, { action: 'tell-note', user: asker, room, id: note, text, streaming })
  const start = await ask(options, asker, { action: 'begin-catchup', room })
  if (isRefusal(start)) return 'done'
  const { facts, left } = start
  if ((left.person !== null && left.person <= 0) || (left.room !== null && left.room <= 0)) {
    await tell("Today's budget of this server's models is used up. It begins anew at midnight UTC.", false)
    return 'done'
  }
  const named = options.catalogue.model(facts.bot?.model)
  const budgetTokens = promptBudget(named.contextTokens, summaryTokens)
  const messages = await messagesAfter(options, { room, asker, after: since, tokens: budgetTokens })
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
  let told = ''
  const send = async (at: number, text: string): Promise<boolean> => {
    told = told.slice(0, at) + text
    return !isRefusal(await tell(told, true))
  }
  const { text, used } = await speak(options, { named, request, signal, intervalMs, send })
  if (used) await record(options, job, named, used)
  signal.throwIfAborted()
  await tell(text, false)
  return 'done'
}
