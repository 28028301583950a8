import { isParleyError } from '@parley/client'
import { Failure } from '../failure.ts'
import { type SlashCommand, slashCommands } from './commands.ts'
import type { Talk } from './talk.ts'

/** What somebody has typed: a command, or something to say. */
export type Typed =
  | { readonly kind: 'command'; readonly name: string; readonly rest: string }
  | { readonly kind: 'text'; readonly text: string }

/** A command begins with a slash; two slashes begin a text with one. */
export const parseTyped = (typed: string): Typed => {
  const [, name, rest = ''] = /^\/([a-z-]+)(?:\s+([\s\S]*))?$/.exec(typed.trim()) ?? []
  if (name !== undefined) return { kind: 'command', name, rest: rest.trim() }
  return { kind: 'text', text: typed.startsWith('//') ? typed.slice(1) : typed }
}

/** Names that people bring from elsewhere. */
const aliases: Readonly<Record<string, string>> = { who: 'people', msg: 'dm', nick: 'rename', exit: 'quit', q: 'quit' }

const commandOf = (name: string): SlashCommand | undefined => {
  const meant = Object.hasOwn(aliases, name) ? (aliases[name] as string) : name
  return Object.hasOwn(slashCommands, meant) ? slashCommands[meant] : undefined
}

/** Does what was typed; what cannot be done is said in a line. */
export const obey = async (talk: Talk, input: string): Promise<void> => {
  const typed = parseTyped(input)
  if (typed.kind === 'text') {
    talk.client.send(talk.room, typed.text)
    return
  }
  const command = commandOf(typed.name)
  if (!command) {
    talk.say(`There is no command /${typed.name}. /help lists them; // begins a text with a slash.`)
    return
  }
  try {
    await command.act(talk, typed.rest)
  } catch (error) {
    if (!(error instanceof Failure) && !isParleyError(error)) throw error
    talk.say(error.message)
  }
}
