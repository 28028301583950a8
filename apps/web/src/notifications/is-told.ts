import type { Message, RoomKind, Self } from '@parley/client'
import type { RoomChoice } from './choices.ts'

/** Whether a text mentions somebody: `@Name`, in whatever case, and not as the beginning of a longer word. */
export const mentions = (text: string, name: string): boolean => {
  const wanted = `@${name.toLocaleLowerCase()}`
  const all = text.toLocaleLowerCase()
  for (let at = all.indexOf(wanted); at >= 0; at = all.indexOf(wanted, at + 1)) {
    const around = `${all[at - 1] ?? ' '} ${all[at + wanted.length] ?? ' '}`
    if (!/[\p{L}\p{N}_]/u.test(around)) return true
  }
  return false
}

/** Whether a new message is worth a notification: others' words that are for oneself, or whatever the room is set to. */
export const isTold = (message: Message, kind: RoomKind, choice: RoomChoice, me: Self): boolean => {
  if (message.from.id === me.id || choice === 'none' || message.deletedAt !== undefined) return false
  return choice === 'all' || kind === 'direct' || mentions(message.text, me.name)
}
