import type { RoomOverview } from '@parley/client/react'

/** The room that everybody is in comes first, the others by name. */
export const byPlace = ({ facts: one }: RoomOverview, { facts: other }: RoomOverview): number => {
  if (one.id === 'general') return -1
  if (other.id === 'general') return 1
  return (one.name || one.id).localeCompare(other.name || other.id)
}
