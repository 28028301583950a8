/** A mention that is being written. */
export interface Mentioning {
  /** Where its `@` stands. */
  readonly at: number
  readonly word: string
}

/** The mention that ends at the cursor, if one does: `@` at the beginning of a word, and up to two words after it. */
export const mentioningAt = (text: string, cursor: number): Mentioning | undefined => {
  const before = text.slice(0, cursor)
  const found = /(?:^|[\s([{"'])@([\p{L}\p{N}\p{M}._-]*(?: [\p{L}\p{N}\p{M}._-]*)?)$/u.exec(before)
  if (!found) return undefined
  const word = found[1] ?? ''
  return { at: cursor - word.length - 1, word }
}

const fold = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLocaleLowerCase()

/** How well a name goes with what is written: 0 it begins so, 1 a word of it does, 2 it is in it; undefined: not at all. */
const rank = (name: string, wanted: string): number | undefined => {
  const folded = fold(name)
  if (folded.startsWith(wanted)) return 0
  if (folded.split(/[\s_.-]+/u).some((word) => word.startsWith(wanted))) return 1
  return folded.includes(wanted) ? 2 : undefined
}

/** Those whose names go with a word, the best first; all of them for an empty one. */
export const matching = <T extends { readonly name: string }>(people: readonly T[], word: string): readonly T[] => {
  const wanted = fold(word)
  return people
    .map((one) => ({ one, rank: rank(one.name, wanted) }))
    .filter((entry): entry is { one: T; rank: number } => entry.rank !== undefined)
    .sort((a, b) => a.rank - b.rank || a.one.name.localeCompare(b.one.name))
    .map(({ one }) => one)
}

/** The text with the mention completed, and where the cursor then stands. */
export const complete = (
  text: string,
  { at, word }: Mentioning,
  name: string,
): { readonly text: string; readonly cursor: number } => {
  const rest = text.slice(at + 1 + word.length)
  const begin = `${text.slice(0, at)}@${name}${rest.startsWith(' ') ? '' : ' '}`
  return { text: begin + rest, cursor: at + name.length + 2 }
}
