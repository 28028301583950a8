/** What something makes AWS do, in the units that are billed. */
export interface Usage {
  /** How often each function runs, by its name without what CloudFormation puts behind it. */
  readonly functions: Readonly<Record<string, number>>
  /** Frames that functions post to connections; they are among the messages. */
  readonly posts: number
  /** Frames to and from clients over sockets, each begun 32 KB one; the opening of a socket is counted as one, too. */
  readonly messages: number
  /** Requests to the HTTP API, each begun 512 KB one. */
  readonly requests: number
  /** Of DynamoDB, for single writes and reads. There are no transactions, which would be twice that. */
  readonly writes: number
  readonly reads: number
  /** Messages to the topic, each begun 64 KB one. */
  readonly topic: number
  /** Requests to queues: a delivery by the topic is none; a batch that is taken is two, with its removal. */
  readonly queue: number
}

export const nothing: Usage = {
  functions: {},
  posts: 0,
  messages: 0,
  requests: 0,
  writes: 0,
  reads: 0,
  topic: 0,
  queue: 0,
}

const numbers = ['posts', 'messages', 'requests', 'writes', 'reads', 'topic', 'queue'] as const

/** `usage` and so many times `other`. */
export const plus = (usage: Usage, other: Usage, times = 1): Usage => {
  const names = new Set([...Object.keys(usage.functions), ...Object.keys(other.functions)])
  const functions = [...names]
    .toSorted()
    .map((name) => [name, (usage.functions[name] ?? 0) + times * (other.functions[name] ?? 0)] as const)
  return {
    functions: Object.fromEntries(functions.filter(([, times]) => times !== 0)),
    ...(Object.fromEntries(numbers.map((name) => [name, usage[name] + times * other[name]])) as Omit<
      Usage,
      'functions'
    >),
  }
}

export const invocations = ({ functions }: Usage): number =>
  Object.values(functions).reduce((sum, times) => sum + times, 0)
