import { randomUUID } from 'node:crypto'
import type { EmulatedClock } from './clock.ts'
import type { Faults } from './faults.ts'

interface Message {
  readonly id: string
  readonly body: string
  visibleAt: number
  receipt: string
  receives: number
}

/** A message that was taken. */
export interface Taken {
  readonly messageId: string
  readonly receiptHandle: string
  readonly body: string
  readonly attributes: { readonly ApproximateReceiveCount: string }
}

export interface QueueFacts {
  readonly arn: string
  readonly visibilityMs: number
  /** Where a message goes that was taken so often in vain. */
  readonly dead?: { readonly arn: string; readonly maxReceives: number }
}

/** A queue of SQS: what is taken comes again unless it is removed in time; in no order; perhaps more than once. */
export interface EmulatedQueue {
  readonly arn: string
  send(body: string, delayMs?: number): void
  /** Messages that can be taken now, hidden from then on. */
  take(most: number): readonly Taken[]
  remove(receipt: string): void
  /** False for a receipt that is not the latest. */
  hide(receipt: string, ms: number): boolean
  /** How many there are, hidden ones too. */
  size(): number
  /** Calls when there may be something to take. */
  onReady(act: () => void): void
}

export const emulatedQueue = (
  { arn, visibilityMs, dead }: QueueFacts,
  clock: EmulatedClock,
  faults: () => Faults,
  bury: (arn: string, body: string) => void,
): EmulatedQueue => {
  const messages = new Map<string, Message>()
  let ready = (): void => {}
  const readyAfter = (ms: number): void => {
    clock.after(ms, () => ready())
  }
  const byReceipt = (receipt: string): Message | undefined =>
    messages.values().find((message) => message.receipt === receipt)
  return {
    arn,
    send: (body, delayMs = 0) => {
      for (const ms of faults().deliveries()) {
        const id = randomUUID()
        messages.set(id, { id, body, visibleAt: clock.now() + delayMs + ms, receipt: '', receives: 0 })
        readyAfter(delayMs + ms)
      }
    },
    take: (most) => {
      const taken: Taken[] = []
      for (const message of messages.values()) {
        if (taken.length === most) break
        if (message.visibleAt > clock.now()) continue
        if (dead && message.receives >= dead.maxReceives) {
          messages.delete(message.id)
          bury(dead.arn, message.body)
          continue
        }
        message.receives += 1
        message.receipt = randomUUID()
        message.visibleAt = clock.now() + visibilityMs
        readyAfter(visibilityMs)
        const { id: messageId, receipt: receiptHandle, body, receives } = message
        taken.push({ messageId, receiptHandle, body, attributes: { ApproximateReceiveCount: String(receives) } })
      }
      return taken
    },
    remove: (receipt) => {
      const message = byReceipt(receipt)
      if (message) messages.delete(message.id)
    },
    hide: (receipt, ms) => {
      const message = byReceipt(receipt)
      if (!message) return false
      message.visibleAt = clock.now() + ms
      readyAfter(ms)
      return true
    },
    size: () => messages.size,
    onReady: (act) => {
      ready = act
    },
  }
}

export interface MappingFacts {
  readonly function: string
  readonly batchSize: number
  readonly concurrency: number
}

/** Hands what comes into a queue to a function, in batches; what that says it could not do comes again. */
export const mapQueue = (
  queue: EmulatedQueue,
  { function: target, batchSize, concurrency }: MappingFacts,
  invoke: (id: string, event: unknown) => Promise<unknown>,
): void => {
  let underWay = 0
  const work = async (taken: readonly Taken[]): Promise<void> => {
    underWay += 1
    try {
      const Records = taken.map((message) => ({ ...message, eventSource: 'aws:sqs', eventSourceARN: queue.arn }))
      const answer = (await invoke(target, { Records })) as {
        batchItemFailures?: readonly { itemIdentifier: string }[]
      }
      const failed = new Set(answer?.batchItemFailures?.map(({ itemIdentifier }) => itemIdentifier))
      for (const { messageId, receiptHandle } of taken) if (!failed.has(messageId)) queue.remove(receiptHandle)
    } catch {
      // All of it becomes visible again when its time is over.
    } finally {
      underWay -= 1
      poll()
    }
  }
  const poll = (): void => {
    while (underWay < concurrency) {
      const taken = queue.take(batchSize)
      if (taken.length === 0) return
      void work(taken)
    }
  }
  queue.onReady(poll)
}
