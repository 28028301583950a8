import { allowances, assumptions, prices } from './prices.ts'
import { invocations, type Usage } from './usage.ts'

/** What something costs, in dollars, by who is paid for it. */
export interface Price {
  readonly gateway: number
  readonly functions: number
  readonly table: number
  readonly queues: number
  readonly total: number
}

/** What is used in a month, with what does not follow from any command. */
export interface Month {
  readonly usage: Usage
  /** How long functions run besides what {@link assumptions} say of all. */
  readonly extraMs: number
  readonly connectionMinutes: number
  /** What the table holds. */
  readonly tableGigabytes: number
}

const { perMillion } = prices
const million = 1_000_000

const gigabyteSeconds = (usage: Usage, extraMs: number): number => {
  const { gigabytes, runMs, postMs } = assumptions
  return (gigabytes * (invocations(usage) * runMs + usage.posts * postMs + extraMs)) / 1000
}

const added = (parts: Omit<Price, 'total'>): Price => ({
  ...parts,
  total: parts.gateway + parts.functions + parts.table + parts.queues,
})

/** The list price of a command. */
export const priceOf = (usage: Usage, extraMs = 0): Price =>
  added({
    gateway: (usage.messages * perMillion.message + usage.requests * perMillion.request) / million,
    functions:
      (invocations(usage) * perMillion.invocation) / million + gigabyteSeconds(usage, extraMs) * prices.gigabyteSecond,
    table: (usage.writes * perMillion.write + usage.reads * perMillion.read) / million,
    queues: (usage.topic * perMillion.topic + usage.queue * perMillion.queue) / million,
  })

const beyond = (used: number, free: number): number => Math.max(used - free, 0)

/** The price of a month, without or with what every account has free. The page's files are some cents at most. */
export const priceOfMonth = ({ usage, extraMs, connectionMinutes, tableGigabytes }: Month, isFree: boolean): Price => {
  const free = (amount: number): number => (isFree ? amount : 0)
  const { gateway, table } = priceOf(usage)
  const { gigabyteMonth } = prices
  const ran = beyond(invocations(usage), free(allowances.invocations))
  const lasted = beyond(gigabyteSeconds(usage, extraMs), free(allowances.gigabyteSeconds))
  const published = beyond(usage.topic, free(allowances.topic))
  const asked = beyond(usage.queue, free(allowances.queue))
  const kept = beyond(tableGigabytes, free(allowances.tableGigabytes))
  return added({
    gateway: gateway + (connectionMinutes * perMillion.connectionMinute) / million,
    functions: (ran * perMillion.invocation) / million + lasted * prices.gigabyteSecond,
    table: table + kept * gigabyteMonth.table + tableGigabytes * gigabyteMonth.recovery,
    queues: (published * perMillion.topic + asked * perMillion.queue) / million,
  })
}
