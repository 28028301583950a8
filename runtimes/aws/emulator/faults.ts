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
  /** Every so many calls of functions, the one that makes it dies. */
  readonly dieEvery?: number
  readonly throttleChance?: number
  readonly dropDisconnectChance?: number
  readonly doubleChance?: number
  readonly delayMs?: number
}

export const plannedFaults = (plan: FaultPlan, random: () => number = Math.random): Faults => {
  const happens = (chance = 0): boolean => chance > 0 && random() < chance
  let calls = 0
  return {
    dies: ({ service }) => {
      if (plan.dieEvery === undefined || service === 'ssm') return false
      calls += 1
      return calls % plan.dieEvery === 0
    },
    throttles: () => happens(plan.throttleChance),
    dropsDisconnect: () => happens(plan.dropDisconnectChance),
    deliveries: () => {
      const delay = (): number => random() * (plan.delayMs ?? 0)
      return happens(plan.doubleChance) ? [delay(), delay()] : [delay()]
    },
  }
}
