import { describe, expect, test } from 'vitest'
import { dayInWords, dayOf, localeOf, sortableTime } from './times.ts'

/** An instant of a day here, whatever the zone of this machine. */
const here = (day: number, hour: number): string => new Date(2026, 2, day, hour, 5).toISOString()

describe('times', () => {
  test('of a day are of the same day here', () => {
    expect(dayOf(here(4, 0))).toBe(dayOf(here(4, 23)))
    expect(dayOf(here(4, 23))).not.toBe(dayOf(here(5, 0)))
  })

  test('are today, yesterday, or a day in words', () => {
    const now = Date.parse(here(10, 0))
    expect(dayInWords(here(10, 23), now)).toBe('Today')
    expect(dayInWords(here(9, 1), now)).toBe('Yesterday')
    expect(dayInWords(here(4, 1), now)).toMatch(/4/)
    expect(dayInWords(here(4, 1), now)).not.toMatch(/2026/)
    expect(dayInWords(here(4, 1), Date.parse('2027-06-01T12:00:00Z'))).toMatch(/2026/)
  })

  test('sort when they are written for programs', () => {
    expect(sortableTime(here(4, 9))).toBe('2026-03-04 09:05')
  })

  test.each([
    [{ LANG: 'en_US.UTF-8' }, 'en-US'],
    [{ LANG: 'ko_KR.UTF-8', LC_TIME: 'de_DE' }, 'de-DE'],
    [{ LC_ALL: 'pt_BR@euro', LANG: 'en_US' }, 'pt-BR'],
    [{ LANG: 'C.UTF-8' }, 'en-GB'],
    [{ LANG: 'POSIX' }, 'en-GB'],
    [{}, 'en-GB'],
  ])('are written as %j says: %s', (environment, locale) => expect(localeOf(environment)).toBe(locale))
})
