import type { Counts } from '@parley/core'
import { lazily } from '../lazily.ts'

const number = lazily(() => new Intl.NumberFormat('en'))
const list = lazily(() => new Intl.ListFormat('en'))

const amount = (count: number, many: string): string =>
  `${number().format(count)} ${count === 1 ? many.slice(0, -1) : many}`

/** How many there are of each kind, in words. */
export const amounts = ({ users, rooms, members, messages, broadcasts }: Counts): string =>
  list().format(
    Object.entries({ users, rooms, members, messages, broadcasts }).map(([many, count]) => amount(count, many)),
  )

/** Bytes as people say them. */
export const size = (bytes: number): string => {
  const units = ['bytes', 'KB', 'MB', 'GB', 'TB']
  let value = bytes
  let unit = 0
  for (; value >= 1000 && unit < units.length - 1; unit += 1) value /= 1000
  return `${value >= 10 || unit === 0 ? Math.round(value) : value.toFixed(1)} ${units[unit]}`
}
