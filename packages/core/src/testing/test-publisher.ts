import type { Delivery } from '../events.ts'
import type { Publisher } from '../ports/publisher.ts'

/** What befalls a delivery on its way. `doubled`: it arrives now and once more later. */
export type Fate = 'direct' | 'delayed' | 'dropped' | 'doubled'

/** A publisher whose deliveries can be held back, lost, doubled, and let through in another order. */
export interface TestPublisher extends Publisher {
  /** What is under way, the oldest first. */
  readonly waiting: readonly Delivery[]
  /** All that was ever published. */
  readonly published: readonly Delivery[]
  /** Lets one that waits arrive. */
  release(index: number): Promise<void>
  /** Lets all arrive that wait, the oldest first, until nothing waits. */
  flush(): Promise<void>
}

/** Events are plain data: they arrive as copies that went through JSON. */
const copy = (delivery: Delivery): Delivery => JSON.parse(JSON.stringify(delivery)) as Delivery

export const testPublisher = (
  deliver: (delivery: Delivery) => Promise<void>,
  fateOf: (delivery: Delivery) => Fate = () => 'direct',
): TestPublisher => {
  const waiting: Delivery[] = []
  const published: Delivery[] = []
  const release = async (index: number): Promise<void> => {
    const [delivery] = waiting.splice(index, 1)
    if (delivery) await deliver(delivery)
  }
  return {
    waiting,
    published,
    release,
    flush: async () => {
      while (waiting.length > 0) await release(0)
    },
    publish: async (deliveries) => {
      for (const delivery of deliveries.map(copy)) {
        published.push(delivery)
        const fate = fateOf(delivery)
        if (fate === 'delayed' || fate === 'doubled') waiting.push(delivery)
        if (fate === 'direct' || fate === 'doubled') await deliver(delivery)
      }
    },
  }
}
