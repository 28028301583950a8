import { styleText } from 'node:util'

/** How something looks: one of Node's words for it, or several. */
export type Look = Parameters<typeof styleText>[0]

/** Gives a text a look, or leaves it as it is where there are no colours. */
export type Paint = (look: Look, text: string) => string

type Environment = Readonly<Record<string, string | undefined>>

/**
 * Whether to paint: `FORCE_COLOR` and `NO_COLOR` say it (https://force-color.org, https://no-color.org), the first one
 * first; else terminals are painted and pipes are not.
 */
export const hasColours = ({ FORCE_COLOR, NO_COLOR, TERM }: Environment, isTerminal: boolean): boolean => {
  if (FORCE_COLOR !== undefined && FORCE_COLOR !== '') return FORCE_COLOR !== '0' && FORCE_COLOR !== 'false'
  if (NO_COLOR) return false
  return isTerminal && TERM !== 'dumb'
}

export const createPaint =
  (isColoured: boolean): Paint =>
  (look, text) =>
    isColoured && text !== '' ? styleText(look, text, { validateStream: false }) : text

/** Colours that terminals keep readable on their own ground. Red is for what went wrong. */
const palette = [
  'cyan',
  'green',
  'yellow',
  'magenta',
  'blue',
  'cyanBright',
  'greenBright',
  'yellowBright',
  'magentaBright',
  'blueBright',
] as const

/** The colour of a user, always the same (FNV-1a of the id). */
export const colourOf = (id: string): (typeof palette)[number] => {
  let hash = 0x811c9dc5
  for (let index = 0; index < id.length; index += 1) hash = Math.imul(hash ^ id.charCodeAt(index), 0x01000193)
  return palette[(hash >>> 0) % palette.length] as (typeof palette)[number]
}
