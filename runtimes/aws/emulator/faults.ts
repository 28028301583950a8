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
  /** Whether the gateway answers a post with 429. */
  throttles(): boolean
  /** Whether the end of a connection is not told. */
  dropsDisconnect(): boolean
  /** How often a message of a queue is delivered, and after how many milliseconds each time. */
  deliveries(): readonly number[]
}

export const noFaults: Faults = {
  dies: () => false,
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
  readonly throttleChance?: number
  readonly dropDisconnectChance?: number
  readonly doubleChance?: number
  readonly delayMs?: number
}

/** Faults, and how many functions have died of them. */
export interface PlannedFaults extends Faults {
  deaths(): number
}

export const plannedFaults = (plan: FaultPlan, random: () => number = Math.random): PlannedFaults => {
  const happens = (chance = 0): boolean => chance > 0 && random() < chance
  let calls = 0
  let deaths = 0
  return {
    dies: ({ function: owner, service }) => {
      const { dieEvery, dieIn = '', deaths: most = Number.POSITIVE_INFINITY } = plan
      if (dieEvery === undefined || service === 'ssm' || !owner.startsWith(dieIn) || deaths === most) return false
      calls += 1
      if (calls % dieEvery !== 0) return false
      deaths += 1
      return true
    },
    deaths: () => deaths,
    throttles: () => happens(plan.throttleChance),
    dropsDisconnect: () => happens(plan.dropDisconnectChance),
    deliveries: () => {
      const delay = (): number => random() * (plan.delayMs ?? 0)
      return happens(plan.doubleChance) ? [delay(), delay()] : [delay()]
    },
  }
}
