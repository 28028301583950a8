import type { Action, Down, DownType, Up } from '@parley/protocol'

/** The numbers of the wire that stand beside schemas in the protocol, which shall not come into a page's bundle. */
export const wire = {
  version: 1,
  closed: { normally: 1000, abnormally: 1006, signedOut: 4401, banned: 4403 },
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
