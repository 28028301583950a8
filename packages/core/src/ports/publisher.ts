import type { Delivery } from '../events.ts'

/**
 * The gap between `receive` and `deliver`: what was published reaches `deliver` at least once, in any order, also more
 * than once. When the promise resolves, it is on its way.
 */
export interface Publisher {
  publish(deliveries: readonly Delivery[]): Promise<void>
}
