import { foldName } from '@parley/core/store-rules'
import type { Message } from '@parley/protocol'

/** Two spaces before each further line: only a message's author can stand at the beginning of one. */
const indent = '  '
const lineEnds = /\r\n|[\n\r\v\f\u0085\u2028\u2029]/

/** What servers' templates take for a border between turns. Many read it out of a text too, so it gets a space inside. */
const borders =
  /<(?=\|[\w-]{1,40}\|>)|<(?=\/?(?:s|bos|eos|start_of_turn|end_of_turn)>)|\[(?=\/?INST\])|<(?=<\/?SYS>>)/gi

/** Letters that models read and people do not see. */
const unseen = /[\u{E0000}-\u{E007F}]/gu

/** A text without what people cannot see and without what a model's server may take for the border of a turn. */
export const withoutTricks = (text: string): string => text.replace(unseen, '').replace(borders, '$& ')

/** A text in which only the first line begins at the margin. */
export const indented = (text: string): string => withoutTricks(text).split(lineEnds).join(`\n${indent}`)

/** All that could end a name early, or make it look like one of ours: colons of all kinds, brackets, quotes. */
const marks = /[:\u2236\uA789\uFE13\uFE55\uFF1A()[\]{}<>|"]/gu
const ignored = /\p{Default_Ignorable_Code_Point}/gu

const kinds: Readonly<Record<Message['from']['kind'], string>> = { person: '', guest: ' (guest)', bot: ' (bot)' }

/** Puts messages into words for a model; one for each request, since it keeps the names apart. */
export interface Framing {
  /** The author's name as it stands in frames. Of two authors with the same name the second gets a number. */
  name(from: Message['from']): string
  /**
   * `Ann: text`, further lines indented, so that nobody can put words into another's mouth. `answered` is the message
   * that this one is a reply to.
   */
  frame(message: Pick<Message, 'from' | 'text'>, answered?: Pick<Message, 'from'>): string
}

/** @param reserved names that nobody else is to have, in the order of their owners' claim */
export const framing = (reserved: readonly Message['from'][] = []): Framing => {
  const owners = new Map<string, string>()

  const name = ({ id, name, kind }: Message['from']): string => {
    const plain = name.replace(ignored, '').replace(marks, ' ').replace(/\s+/g, ' ').trim() || 'somebody'
    for (let number = 1; ; number++) {
      const label = `${plain}${number > 1 ? ` (${number})` : ''}${kinds[kind]}`
      const folded = foldName(label)
      const owner = owners.get(folded)
      if (owner === undefined) owners.set(folded, id)
      if (owner === undefined || owner === id) return label
    }
  }
  for (const user of reserved) name(user)
  return {
    name,
    frame: ({ from, text }, answered) =>
      `${name(from)}${answered ? ` (in reply to ${name(answered.from)})` : ''}: ${indented(text)}`,
  }
}
