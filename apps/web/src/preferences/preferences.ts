import { languages } from '../words/languages.ts'
import { type Stored, stored } from './stored.ts'

const oneOf =
  <const T extends readonly unknown[]>(...known: T) =>
  (value: unknown): T[number] | undefined =>
    known.find((one) => one === value)

export const themes = ['system', 'light', 'dark'] as const
export type Theme = (typeof themes)[number]

export const themeChoice: Stored<Theme> = stored<Theme>('parley-theme', 'system', oneOf(...themes))

/** The language of the page; undefined: the first of the browser's that is known. */
export const languageChoice = stored<(typeof languages)[number] | undefined>(
  'parley-language',
  undefined,
  oneOf(...languages),
)

/** The room that was looked at last, where one begins the next time. */
export const lastRoom = stored<string | undefined>('parley-last-room', undefined, (value) =>
  typeof value === 'string' ? value : undefined,
)

/** Whether the list of rooms is hidden where there would be place for it. */
export const sideHidden = stored<boolean>('parley-side-hidden', false, oneOf(true))

/** Puts the chosen theme on the page, now and whenever it is chosen anew. */
export const followTheme = (): void => {
  const apply = (): void => {
    const theme = themeChoice.get()
    if (theme === 'system') delete document.documentElement.dataset.theme
    else document.documentElement.dataset.theme = theme
  }
  apply()
  themeChoice.subscribe(apply)
}
