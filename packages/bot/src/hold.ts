import { isRefusal } from '@parley/core'
import type { MessageId, RoomId, UserId } from '@parley/protocol'
import { ask } from './ask.ts'
import type { BotOptions } from './bot.ts'

/** One making of a reply. */
export interface Making {
  readonly room: RoomId
  readonly bot: UserId
  readonly id: MessageId
  readonly run: number
}

/** The hold that a bot has of a reply while it makes it. */
export interface Hold {
  /** Aborted when nobody wants the reply any more, or the server stops. */
  readonly signal: AbortSignal
  /** Lengthens the reply; says whether it is still wanted. */
  grow(at: number, text: string): Promise<boolean>
  release(): void
}

/** How often the engine is told that a reply is being made, and asked whether it is still wanted. */
const signMs = 1_000

/** Takes hold of a reply: says that it is being made until it is released. */
export const takeHold = (options: BotOptions, { room, bot, id, run }: Making, stop: AbortSignal): Hold => {
  const unwanted = new AbortController()
  const signal = AbortSignal.any([stop, unwanted.signal])
  const isWanted = (answer: unknown): boolean => {
    if (!isRefusal(answer)) return true
    unwanted.abort()
    return false
  }
  let callOff = (): void => {}
  const giveSign = (): void => {
    callOff = options.timers.after(signMs, async () => {
      // A storage that fails now may work again before the reply counts as abandoned.
      const answer = await ask(options, bot, { action: 'keep-reply', room, id, run }).catch(() => null)
      if (isWanted(answer) && !signal.aborted) giveSign()
    })
  }
  giveSign()
  return {
    signal,
    grow: async (at, text) => isWanted(await ask(options, bot, { action: 'grow-reply', room, id, run, at, text })),
    release() {
      callOff()
      unwanted.abort()
    },
  }
}
