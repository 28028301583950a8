/** A fault to be put into a copy of the library: in a file the text `right`, which is there once, becomes `wrong`. */
export interface PlantedBug {
  readonly name: string
  /** With which it is found soon. */
  readonly seed: number
  readonly file: string
  readonly right: string
  readonly wrong: string
}

/** Faults such as one makes. The property of `convergence.test.ts` has to find each of them. */
export const plantedBugs: readonly PlantedBug[] = [
  {
    name: 'a message that is sent again gets another id',
    seed: 2,
    file: 'outbox.ts',
    right: 'if (unanswered.includes(error.code)) return 0',
    wrong:
      "if (error.code === 'disconnected') { take(outgoing); put({ ...outgoing, id: uuid() as MessageId }); return 0 }",
  },
  {
    name: 'a message whose answer was lost is given up',
    seed: 2,
    file: 'outbox.ts',
    right: 'if (unanswered.includes(error.code)) return 0',
    wrong: 'if (unanswered.includes(error.code)) return take(outgoing) ? 0 : 0',
  },
  {
    name: 'the next message does not wait for the answer to the one before',
    seed: 4,
    file: 'outbox.ts',
    right: '?.find(({ failed }) => !failed)',
    wrong: '?.findLast(({ failed }) => !failed)',
  },
  {
    name: 'the outbox is not kept over a reload',
    seed: 4,
    file: 'outbox.ts',
    right: 'if (user !== undefined) kept.put(user, outgoing)',
    wrong: 'if (user === undefined) kept.put(user, outgoing)',
  },
  {
    name: 'a gap is taken for complete',
    seed: 4,
    file: 'state/window.ts',
    right: 'if (rev > complete + 1) break',
    wrong: 'if (rev > complete + 9) break',
  },
  {
    name: 'an older state of a message replaces a newer one',
    seed: 1,
    file: 'state/growing.ts',
    right: 'one.rev > other.rev ||',
    wrong: 'one.rev !== other.rev ||',
  },
  {
    name: 'a page of history that is older than the frames before it is believed',
    seed: 2,
    file: 'state/window.ts',
    right: 'return page.rev < next.complete',
    wrong: 'return page.rev < 0',
  },
  {
    name: 'a pong does not show that the last frame was lost',
    seed: 1,
    file: 'state/apply.ts',
    right: 'hear(held.window, rev)',
    wrong: 'held.window',
  },
  {
    name: 'what comes before the welcome is thrown away',
    seed: 3,
    file: 'link.ts',
    right: 'held.unshift(one)',
    wrong: 'held.splice(0, held.length, one)',
  },
  {
    name: 'a connection on which nothing comes any more is not noticed',
    seed: 1,
    file: 'heartbeat.ts',
    right: 'const pongMs = 10_000',
    wrong: 'const pongMs = 10_000_000',
  },
  {
    name: 'who was asked for a room that was left meanwhile puts it back',
    seed: 9,
    file: 'state/look-up.ts',
    right: 'if (stampOf(state, id) !== stamp) return state',
    wrong: '',
  },
  {
    name: 'the unread messages of before are not counted',
    seed: 1,
    file: 'state/room.ts',
    right: 'capped(count.unread + since)',
    wrong: 'capped(since)',
  },
  {
    name: 'a piece of an earlier making is added to a text',
    seed: 1,
    file: 'state/growing.ts',
    right: 'message.id === id && message.rev === rev',
    wrong: 'message.id === id',
  },
  {
    name: 'what two pieces have in common is added twice',
    seed: 1,
    file: 'state/growing.ts',
    right: 'text += piece.text.slice(text.length - piece.at)',
    wrong: 'if (piece.at + piece.text.length > text.length) text += piece.text',
  },
  {
    name: 'a hole in a text is passed over',
    seed: 3,
    file: 'state/growing.ts',
    right: 'if (piece.at <= text.length) text += piece.text.slice(text.length - piece.at)',
    wrong: 'if (piece.at >= 0) text += piece.text.slice(Math.max(0, text.length - piece.at))',
  },
  {
    name: 'a hole in a text is not healed',
    seed: 3,
    file: 'needs.ts',
    right: 'const [piece] = window.ahead',
    wrong: 'const [, piece] = window.ahead',
  },
  {
    name: 'of two texts of one rev the shorter one stays',
    seed: 1,
    file: 'state/growing.ts',
    right: 'one.text.length > other.text.length',
    wrong: 'one.text.length < other.text.length',
  },
  {
    name: 'one who left a room keeps it',
    seed: 3,
    file: 'state/apply.ts',
    right: 'left: (state, frame) => doubt(dropRoom(state, frame.room), frame.room)',
    wrong: 'left: (state) => state',
  },
]
