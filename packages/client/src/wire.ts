import type { Action, Down, DownType, Up } from '@parley/protocol'

/** The numbers of the wire that a client needs. They stand here too, so that no schema comes into its bundle. */
export const wire = {
  version: 1,
  /** A frame up, in bytes of UTF-8. */
  upBytes: 32 * 1024,
  /** A text, in UTF-16 units. */
  textUnits: 10_000,
  /** A text of a bot, in UTF-16 units. */
  botTextUnits: 30_000,
  /** A piece of it that surely fits into a frame. */
  pieceUnits: 8_000,
  /** Rooms that one `ping` may name. */
  pingRooms: 100,
  /** The highest count of unread messages that is told. */
  unreadMax: 99,
  closed: { normally: 1000, abnormally: 1006, signedOut: 4401, banned: 4403, tooMany: 4429 },
} as const

type Asks = { readonly [A in Action]: Omit<Up<A>, 'ref'> }

/** What is asked, without the `ref` that its connection gives it. */
export type Ask<A extends Action = Action> = Asks[A]

type Steering = 'stop' | 'retry' | 'variant' | 'catchup'

/** The type of the frame that answers an action, if it is not an error. */
type Answering = {
  [A in Action]: A extends 'hello'
    ? 'welcome'
    : A extends 'send' | 'edit' | 'delete' | 'react' | 'finish'
      ? 'message'
      : A extends 'sync'
        ? 'synced'
        : A extends 'history'
          ? 'page'
          : A extends 'members'
            ? 'members'
            : A extends 'read' | 'typing' | 'rename' | 'broadcast' | Steering | 'delta'
              ? 'ok'
              : A extends 'ping'
                ? 'pong'
                : 'room'
}

export type Answer<A extends Action = Action> = Down<Answering[A] & DownType>
