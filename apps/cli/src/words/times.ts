import { lazily } from '../lazily.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** The language tag for times, by the environment; where it says nothing, days before months and 24 hours. */
export const localeOf = ({ LC_ALL, LC_TIME, LANG }: Environment): string => {
  const [, language, region] = /^([a-z]{2,3})(?:_([A-Z]{2}))?(?:[.@]|$)/.exec(LC_ALL || LC_TIME || LANG || '') ?? []
  return language ? [language, region].filter(Boolean).join('-') : 'en-GB'
}

const locale = localeOf(process.env)
const time = lazily(() => new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit' }))
const day = lazily(() => new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }))
const dayOfYear = lazily(() => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' }))

/** A time as it is written here, of an instant in ISO 8601. */
export const timeOf = (at: string): string => time().format(new Date(at))

const midnight = (at: Date): number => new Date(at.getFullYear(), at.getMonth(), at.getDate()).getTime()

/** The day here of an instant: the same for instants of the same day. */
export const dayOf = (at: string | number): number => midnight(new Date(at))

/** A day in words, as of `now` in milliseconds since 1970. */
export const dayInWords = (at: string, now: number): string => {
  const date = new Date(at)
  const daysAgo = Math.round((midnight(new Date(now)) - midnight(date)) / 86_400_000)
  if (daysAgo === 0) return 'Today'
  if (daysAgo === 1) return 'Yesterday'
  return date.getFullYear() === new Date(now).getFullYear() ? day().format(date) : dayOfYear().format(date)
}

const two = (value: number): string => String(value).padStart(2, '0')

/** Day and time here in a form that sorts: `2026-03-01 09:05`. */
export const sortableTime = (at: string): string => {
  const date = new Date(at)
  const days = [date.getFullYear(), two(date.getMonth() + 1), two(date.getDate())].join('-')
  return `${days} ${two(date.getHours())}:${two(date.getMinutes())}`
}
