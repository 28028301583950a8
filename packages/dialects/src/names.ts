import { limits, Name } from '@parley/protocol'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'

/** A name that nobody chose: `Anonymous-` and six letters or digits. */
export const anonymous = (base = 'Anonymous'): string => {
  const random = crypto.getRandomValues(new Uint32Array(6))
  return `${base}-${[...random].map((number) => letters[number % letters.length]).join('')}`
}

const unseen = /[\p{Cc}\p{Zl}\p{Zp}\u202A-\u202E\u2066-\u2069]/gu
const marked = /^[\s\p{Default_Ignorable_Code_Point}#@\uFF03\uFF20\uFE5F\uFE6B]+/u

/** The name that somebody wishes for, as near to it as names are here; undefined where nothing of it can be read. */
export const nameOf = (wished: unknown): string | undefined => {
  if (typeof wished !== 'string') return undefined
  const clean = wished.slice(0, 1_000).toWellFormed().normalize('NFC').replace(unseen, '').replace(marked, '')
  const name = Name.safeParse([...clean].slice(0, limits.nameCharacters).join(''))
  return name.success ? name.data : undefined
}
