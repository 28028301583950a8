import type { Message, MessageId } from '@parley/protocol'

/** A piece of a text that grows, as a `delta` tells it. */
export interface Piece {
  readonly id: MessageId
  /** The rev of the message that it continues: of another making of the text it has another one. */
  readonly rev: number
  /** UTF-16 units before it. */
  readonly at: number
  readonly text: string
}

const endOf = ({ at, text }: Piece): number => at + text.length

/** Whether a piece continues a message as it stands. */
export const continues = ({ id, rev }: Piece, message: Message): boolean =>
  message.streaming === true && message.id === id && message.rev === rev

/** Whether a message is as it stood later than another word of the same one: while it grows it keeps its rev. */
export const isLater = (one: Message, other: Message): boolean =>
  one.rev > other.rev || (one.rev === other.rev && one.text.length > other.text.length)

/**
 * A message with the pieces that continue it, the same if they add nothing; and of the pieces those that begin beyond
 * its text, without the ones that others contain.
 */
export const absorb = (
  message: Message,
  pieces: readonly Piece[],
): { readonly message: Message; readonly ahead: readonly Piece[] } => {
  let { text } = message
  const ahead: Piece[] = []
  for (const piece of [...pieces].sort((one, other) => one.at - other.at || endOf(other) - endOf(one))) {
    const last = ahead.at(-1)
    if (piece.at <= text.length) text += piece.text.slice(text.length - piece.at)
    else if (!last || endOf(last) < endOf(piece)) ahead.push(piece)
  }
  return { message: text === message.text ? message : { ...message, text }, ahead }
}
