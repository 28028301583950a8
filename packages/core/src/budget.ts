import type { RoomId, UserId } from '@parley/protocol'
import type { Ports } from './ports/ports.ts'
import { instant } from './shapes.ts'

/** Tokens that are left today; null: any number. Not above 0: it is used up. */
export interface BudgetLeft {
  readonly person: number | null
  readonly room: number | null
}

/** The day of UTC, like 2026-11-21, of milliseconds since 1970. */
export const dayOf = (ms: number): string => instant(ms).slice(0, 10)

/** What a person may still ask of models today, and what may be asked in a room. */
export const budgetLeft = async (
  { ledger, clock, settings: { budget } }: Ports,
  { room, user }: { readonly room: RoomId; readonly user: UserId },
): Promise<BudgetLeft> => {
  const day = dayOf(clock.now())
  const left = async (most: number | null, spent: () => Promise<number>): Promise<number | null> =>
    most === null ? null : most - (await spent())
  const [person, inAll] = await Promise.all([
    left(budget.person, () => ledger.spent({ day, user })),
    left(budget.room, () => ledger.spent({ day, room })),
  ])
  return { person, room: inAll }
}
