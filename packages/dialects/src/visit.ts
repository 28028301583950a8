import { isRefusal, type Refusal } from '@parley/core'
import type { Arrival, Nobody, Reach } from './system.ts'

/** Lets somebody in as a new guest of that name, or one like it, by which the connection's bag may be made. */
export const arriveAs = async (
  { chat }: Reach,
  nobody: Nobody,
  wished: string,
  bagFor?: (name: string) => string,
): Promise<Arrival | Refusal> => {
  const visit = await chat.execute(nobody, { action: 'visit', name: wished })
  if (isRefusal(visit)) return visit
  const { name, ...bearer } = visit
  return bagFor ? { ...bearer, bag: bagFor(name) } : bearer
}
