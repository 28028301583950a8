import {
  type Actor,
  type Answers,
  type Chat,
  type Command,
  type CommandOf,
  isRefusal,
  type Refusal,
} from '@parley/core'
import type { UserId } from '@parley/protocol'

/** The engine could not do it now: the whole job is to be tried again. */
export class EngineFailed extends Error {}

/** Asks the engine for a user's sake; a refusal that another try may not meet is thrown, others are answered. */
export const ask = async <A extends Command['action']>(
  { chat }: { readonly chat: Pick<Chat, 'execute'> },
  user: UserId,
  command: CommandOf<A>,
): Promise<Answers[A] | Refusal> => {
  const actor: Actor = { kind: 'service', user }
  const answer = await chat.execute(actor, command)
  if (isRefusal(answer) && (answer.refused === 'unavailable' || answer.refused === 'internal')) {
    throw new EngineFailed(answer.message)
  }
  return answer
}
