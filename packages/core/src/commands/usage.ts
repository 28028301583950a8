import { onServer } from '../access.ts'
import { dayOf } from '../budget.ts'
import type { Execute } from '../outcome.ts'
import { isRefusal, refuse } from '../refusal.ts'
import { refusals } from '../refusals.ts'

const dayMs = 24 * 60 * 60 * 1000
/** A question is about at most so many days. */
const daysMax = 92
const daysDefault = 30

/** What models have used from one day of UTC to another, both included: the last month when nothing is said. */
export const listUsage: Execute<'list-usage'> = async (ports, actor, { from, to }) => {
  const by = await onServer(ports, actor, 'administer')
  if (isRefusal(by)) return by
  const last = to ?? dayOf(ports.clock.now())
  const first = from ?? dayOf(Date.parse(last) - (daysDefault - 1) * dayMs)
  const days = Math.floor((Date.parse(last) - Date.parse(first)) / dayMs) + 1
  if (days < 1 || days > daysMax) return refuse('bad_request', `Ask for 1 to ${daysMax} days.`)
  const each = Array.from({ length: days }, (_, n) => ports.ledger.on(dayOf(Date.parse(first) + n * dayMs)))
  const usage = (await Promise.all(each)).flat()
  return { answer: { from: first, to: last, usage, budgets: ports.settings.budget } }
}

/** What the makings of one reply have used. */
export const seeReplyUsage: Execute<'see-reply-usage'> = async (ports, actor, { room, message }) => {
  const by = await onServer(ports, actor, 'administer')
  if (isRefusal(by)) return by
  return { answer: await ports.ledger.ofMessage(room, message) }
}

export const recordUsage: Execute<'record-usage'> = async (ports, actor, { usage }) => {
  if (actor.kind !== 'service') return refusals.botsOnly
  await ports.ledger.add(usage)
  return { answer: null }
}
