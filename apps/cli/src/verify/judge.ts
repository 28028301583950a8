import { agreement } from './checks/agreement.ts'
import { answers } from './checks/answers.ts'
import { doors } from './checks/doors.ts'
import { order } from './checks/order.ts'
import { privacy } from './checks/privacy.ts'
import { type Check, type Record, recordOf, type Violation } from './checks/record.ts'
import { replies } from './checks/replies.ts'
import { revs } from './checks/revs.ts'
import { stored } from './checks/stored.ts'
import { telling } from './checks/telling.ts'
import type { Entry } from './history.ts'

/** What is checked, by what it says when it holds. */
const checks: Readonly<{ [name: string]: Check }> = {
  'every answered message is there once, as it was answered, and no other': stored,
  'what may be done is done, however often it had to be said': answers,
  'messages stand in one order, the same for all': order,
  'revs are without gaps and repeats': revs,
  'every way of reading tells the same, and every client holds it': agreement,
  'replies are exact, to the character': replies,
  'nobody hears of rooms that are not for them': privacy,
  'sockets end with a ban and with signing out': doors,
  'who is connected is told of everything, and of nothing twice': telling,
}

export const checkNames: readonly string[] = Object.keys(checks)

const found = (record: Record): Violation[] => {
  const byKey = new Map<string, Violation>()
  for (const check of Object.values(checks)) {
    for (const violation of check(record)) if (!byKey.has(violation.key)) byKey.set(violation.key, violation)
  }
  return [...byKey.values()]
}

/** What a history shows to be broken; the worst first: what no waiting can mend. */
export const judge = (entries: readonly Entry[]): readonly Violation[] =>
  found(recordOf(entries)).sort((one, other) => Number(one.isLate ?? false) - Number(other.isLate ?? false))
