import { type Flood, measureFlood } from './flood.ts'
import { measureSlowReaders, type SlowReaders } from './slow-readers.ts'
import { measureStorm, type Storm } from './storm.ts'

export interface OverloadPlan {
  readonly people: number
  readonly calmMs: number
  readonly rounds: number
  readonly eachMs: number
  readonly readers: number
  readonly messages: number
}

export interface Overload {
  readonly storm: Storm
  readonly floods: readonly Flood[]
  readonly slowReaders: SlowReaders
}

/** What Parley does when it is asked too much of: one thing after another. */
export const measureOverload = async (plan: OverloadPlan, tell: (line: string) => void): Promise<Overload> => {
  const storm = await measureStorm(plan.people, plan.calmMs)
  tell(`storm  ${storm.people} back in ${storm.seconds.toFixed(1)} s, ${storm.refused} refused`)
  const floods: Flood[] = []
  for (const isLimited of [true, false]) {
    const flood = await measureFlood(isLimited, plan.rounds, plan.eachMs)
    tell(
      `flood  ${isLimited ? 'limited' : 'unlimited'}  ${flood.sentPerSecond.toFixed(0)}/s, ${flood.ratio.toFixed(2)}`,
    )
    floods.push(flood)
  }
  const slowReaders = await measureSlowReaders(plan.readers, plan.messages)
  tell(
    `slow readers  ${slowReaders.closed} of ${slowReaders.readers} closed, ${slowReaders.peak.toFixed(0)} MB at most`,
  )
  return { storm, floods, slowReaders }
}
