import { isRefusal } from '@parley/core'
import type { Message, RoomId, UserId } from '@parley/protocol'
import { ask } from './ask.ts'
import type { BotOptions } from './bot.ts'
import type { NamedModel } from './catalogue.ts'
import { ModelFailure } from './failure.ts'
import type { Usage } from './model.ts'
import { promptBudget, type Summary } from './prompt.ts'
import { type Used, usedBy } from './speak.ts'
import { askForSummary, summaryTokens } from './summary.ts'

interface Place {
  readonly room: RoomId
  readonly asker: UserId
}

const pagesMax = 4
const pageLimit = 500

/** Whether anything that notes tell of was edited or deleted since; also where that is too much to look at. */
const isOutdated = async (
  options: BotOptions,
  { room, asker }: Place,
  { seq, rev }: { readonly seq: number; readonly rev: number },
): Promise<boolean> => {
  let since = rev
  for (let page = 0; page < pagesMax; page += 1) {
    const answer = await ask(options, asker, { action: 'sync', room, since, limit: pageLimit })
    if (isRefusal(answer)) return true
    if (answer.messages.some((one) => one.seq <= seq && (one.deletedAt ?? one.editedAt) !== undefined)) return true
    if (!answer.more) return false
    since = answer.rev
  }
  return true
}

/** The notes about the older part of a room, unless what they tell of has changed: then they are forgotten. */
export const roomNotes = async (options: BotOptions, place: Place): Promise<Summary | undefined> => {
  const { room, asker } = place
  const kept = await ask(options, asker, { action: 'recall-summary', room })
  if (!kept || isRefusal(kept)) return undefined
  if (!(await isOutdated(options, place, kept))) return { text: kept.text, upTo: kept.seq }
  await ask(options, asker, { action: 'keep-summary', room, summary: null })
  return undefined
}

interface NotesAsked extends Place {
  readonly bot: Message['from']
  readonly model: NamedModel
  readonly previous: Summary | undefined
  readonly leftOut: readonly Message[]
  readonly signal: AbortSignal
}

/**
 * Has notes made of what found no place in a prompt, and keeps them. What that used; undefined: nothing was asked, or
 * the model failed, which is no reason to leave a prompt without an answer.
 */
export const makeNotes = async (
  options: BotOptions,
  { room, asker, bot, model, previous, leftOut, signal }: NotesAsked,
): Promise<{ readonly notes: Summary | undefined; readonly used: Used } | undefined> => {
  const budgetTokens = promptBudget(model.contextTokens, summaryTokens)
  const asked = askForSummary({ bot, messages: leftOut, previous, budgetTokens })
  if (!asked) return undefined
  const rev = Math.max(...leftOut.map((message) => message.rev))
  let text = ''
  let usage: Usage | undefined
  try {
    for await (const part of model.model.stream(asked.request, signal)) {
      if (part.type === 'text') text += part.text
      else usage = part.usage
    }
  } catch (error) {
    if (!(error instanceof ModelFailure)) throw error
    options.log.warn({ kind: error.kind, detail: error.detail, model: model.name }, 'a model failed to make notes')
    return undefined
  }
  const used = usedBy(asked.request, text, usage)
  if (signal.aborted || text.trim() === '') return { notes: undefined, used }
  await ask(options, asker, { action: 'keep-summary', room, summary: { seq: asked.upTo, rev, text } })
  return { notes: { text, upTo: asked.upTo }, used }
}
