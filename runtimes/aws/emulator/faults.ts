/** One call of a function to a service, before it is done. */
export interface Call {
  /** The function's logical id, and which of its environments. */
  readonly function: string
  readonly environment: string
  readonly service: 'dynamodb' | 'sns' | 'sqs' | 'ssm' | 'execute-api'
  readonly act: string
}

/** What goes wrong on purpose. All of it is off until a test switches it on. */
export interface Faults {
  /** Whether the function dies instead of making this call. */
  dies(call: Call): boolean
  /** Whether the function waits for the answer to this call until its time is over. */
  stalls(call: Call): boolean
  /** How many milliseconds a function has at most, instead of the 29 s and more that it is given. */
  limitMs(): number
  /** Whether the gateway answers a post with 429. */
  throttles(): boolean
  /** Whether the end of a connection is not told. */
  dropsDisconnect(): boolean
  /** How often a message of a queue is delivered, and after how many milliseconds each time. */
  deliveries(): readonly number[]
}

export const noFaults: Faults = {
  dies: () => false,
  stalls: () => false,
  limitMs: () => Number.POSITIVE_INFINITY,
  throttles: () => false,
  dropsDisconnect: () => false,
  deliveries: () => [0],
}

/** Faults as a test describes them to an emulator in another process. All chances from 0 to 1. */
export interface FaultPlan {
  /** Every so many calls of functions, the one that makes it dies: any, or one whose logical id begins so. */
  readonly dieEvery?: number
  readonly dieIn?: string
  /** How many die in all; no end when left out. */
  readonly deaths?: number
  /** The same for calls that are never answered. */
  readonly stallEvery?: number
  readonly stallIn?: string
  readonly stalls?: number
  /** Milliseconds that a function has at most. */
  readonly limitMs?: number
  readonly throttleChance?: number
  readonly dropDisconnectChance?: number
  readonly doubleChance?: number
  readonly delayMs?: number
}

/** Faults, and how many functions have died of them; one that ran out of time has, too. */
export interface PlannedFaults extends Faults {
  deaths(): number
}

/** Chooses one of every so many calls, of functions whose names begin so, and no more of them than that. */
const chosen = (every: number | undefined, within = '', most = Number.POSITIVE_INFINITY) => {
  let calls = 0
  let count = 0
  return {
    chooses: ({ function: owner, service }: Call): boolean => {
      if (every === undefined || service === 'ssm' || !owner.startsWith(within) || count === most) return false
      calls += 1
      if (calls % every !== 0) return false
      count += 1
      return true
    },
    count: () => count,
  }
}

export const plannedFaults = (plan: FaultPlan, random: () => number = Math.random): PlannedFaults => {
  const happens = (chance = 0): boolean => chance > 0 && random() < chance
  const dying = chosen(plan.dieEvery, plan.dieIn, plan.deaths)
  const stalling = chosen(plan.stallEvery, plan.stallIn, plan.stalls)
  return {
    dies: dying.chooses,
    stalls: stalling.chooses,
    limitMs: () => plan.limitMs ?? Number.POSITIVE_INFINITY,
    deaths: () => dying.count() + stalling.count(),
    throttles: () => happens(plan.throttleChance),
    dropsDisconnect: () => happens(plan.dropDisconnectChance),
    deliveries: () => {
      const delay = (): number => random() * (plan.delayMs ?? 0)
      return happens(plan.doubleChance) ? [delay(), delay()] : [delay()]
    },
  }
}
