import type { ArchiveRecord } from './records.ts'

/** How many there are of each kind. */
export interface Counts {
  readonly users: number
  readonly rooms: number
  readonly members: number
  readonly messages: number
  readonly broadcasts: number
}

const names = {
  user: 'users',
  room: 'rooms',
  member: 'members',
  message: 'messages',
  broadcast: 'broadcasts',
} as const satisfies Record<ArchiveRecord['type'], keyof Counts>

export const countRecords = () => {
  const counts = { users: 0, rooms: 0, members: 0, messages: 0, broadcasts: 0 }
  return {
    add: ({ type }: ArchiveRecord): void => {
      counts[names[type]] += 1
    },
    counts: (): Counts => ({ ...counts }),
  }
}
