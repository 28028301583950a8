import type { Argument } from './commands.ts'

/** What there is to complete with. */
export interface Completions {
  /** Names of commands, with what may follow them. */
  readonly commands: Readonly<Record<string, { readonly completes?: Argument }>>
  readonly rooms: readonly string[]
  readonly people: readonly string[]
  readonly emoji: readonly string[]
}

/** A text completed as far as is certain, and what it may become if that is not all. */
export interface Completed {
  readonly text: string
  readonly options: readonly string[]
}

const commonBeginning = (words: readonly string[]): string => {
  const [first = '', ...others] = words
  let length = first.length
  for (const other of others) {
    while (!other.toLowerCase().startsWith(first.slice(0, length).toLowerCase())) length -= 1
  }
  return first.slice(0, length)
}

const finish = (before: string, begun: string, options: readonly string[]): Completed => {
  const fitting = [...new Set(options)].filter((option) => option.toLowerCase().startsWith(begun.toLowerCase())).sort()
  if (fitting.length === 0) return { text: before + begun, options: [] }
  if (fitting.length === 1) return { text: `${before}${fitting[0]} `, options: [] }
  const common = commonBeginning(fitting)
  return { text: before + (common.length > begun.length ? common : begun), options: fitting }
}

/** Completes the last word of a text: a command, what follows one, or somebody's name after an `@`. */
export const complete = (text: string, { commands, rooms, people, emoji }: Completions): Completed => {
  const [, slash, begun] = /^(\/)(\S*)$/.exec(text) ?? []
  if (slash !== undefined) return finish('/', begun ?? '', Object.keys(commands))
  const [, head = '', name = '', rest = ''] = /^(\/([a-z-]+)\s+)([\s\S]*)$/.exec(text) ?? []
  const argument = Object.hasOwn(commands, name) ? commands[name]?.completes : undefined
  if (argument === 'room') return finish(head, rest, rooms)
  if (argument === 'person') return finish(head, rest.replace(/^@/, ''), people)
  const [, number = '', word = ''] = /^(\d+\s+)(\S*)$/.exec(rest) ?? []
  if (argument === 'emoji' && number) return finish(head + number, word.replace(/^:/, ''), emoji)
  const [, said = '', person] = /^([\s\S]*(?:^|\s)@)([^\s@]+)$/.exec(text) ?? []
  return person === undefined ? { text, options: [] } : finish(said, person, people)
}
