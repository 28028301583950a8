import type { ClientState, Message } from '@parley/client'
import { harmless } from '../terminal/harmless.ts'
import { colourOf, type Paint } from '../terminal/paint.ts'
import { reactionsTo, remarkOn, textOf } from './message-words.ts'

interface Options {
  /** What precedes the author: the time, perhaps the number. */
  readonly before: string
  /** What follows the author. */
  readonly after?: string
  readonly paint: Paint
  /** Whose names are known. */
  readonly known: Pick<ClientState, 'people'>
}

/** A message as lines for a pipe; those of its text after the first are indented. */
export const messageLine = (message: Message, { before, after = '', paint, known }: Options): string => {
  const { from } = message
  const quiet = [remarkOn(message, known), reactionsTo(message)].filter(Boolean).join('  ')
  const said = [textOf(message).replaceAll('\n', '\n    '), paint('dim', quiet)].filter(Boolean).join(' ')
  return `${paint('dim', before)} ${paint(['bold', colourOf(from.id)], harmless(from.name))}${paint('dim', after)}: ${said}`
}
