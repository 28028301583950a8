/** What the hooks promise by their types: this file is checked, and never run. */
import { createElement } from 'react'
import type { Client, ConnectionState, Events, Message, Note, Outgoing, RoomMember, Self, User } from './index.ts'
import {
  ParleyProvider,
  type RoomOverview,
  type useClient,
  type useConnection,
  useEvent,
  type useHistory,
  type useMe,
  type useMembers,
  type useMessage,
  type useMessageIds,
  useMessages,
  type useNotes,
  type useOutbox,
  useParley,
  type usePeople,
  type usePresence,
  useRoom,
  type useRooms,
  type useTyping,
  type useUnread,
  type useUser,
} from './react.ts'

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false
const is = <_Claim extends true>(): void => {}

declare const client: Client
createElement(ParleyProvider, { client }, 'children')
// @ts-expect-error a client is needed
createElement(ParleyProvider, {})

is<Same<ReturnType<typeof useClient>, Client>>()
is<Same<ReturnType<typeof useConnection>, ConnectionState>>()
is<Same<ReturnType<typeof useMe>, Self | undefined>>()
is<Same<ReturnType<typeof useRooms>, readonly RoomOverview[]>>()
is<Same<ReturnType<typeof useUnread>, number>>()
is<Same<ReturnType<typeof useMessageIds>, readonly Message['id'][]>>()
is<Same<ReturnType<typeof useMessage>, Message | undefined>>()
is<Same<ReturnType<typeof useHistory>['hasOlder'], boolean>>()
is<Same<ReturnType<typeof useNotes>, readonly Note[]>>()
is<Same<ReturnType<typeof useOutbox>, readonly Outgoing[]>>()
is<Same<ReturnType<typeof useTyping>[number], User['id']>>()
is<Same<ReturnType<typeof usePeople>, ReadonlyMap<string, User>>>()
is<Same<ReturnType<typeof useUser>, User | undefined>>()
is<Same<ReturnType<typeof usePresence>, boolean | undefined>>()
is<Same<ReturnType<typeof useMembers>, readonly RoomMember[] | undefined>>()

export const Room = ({ id }: { readonly id: string }) => {
  const facts = useRoom(id)
  const { messages, older } = useMessages(id)
  const names = useParley(({ people }) => [...people.values()].map(({ name }) => name), Object.is)
  is<Same<typeof messages, readonly Message[]>>()
  is<Same<ReturnType<typeof older>, Promise<boolean>>>()
  is<Same<typeof names, string[]>>()
  useEvent('message', (event) => is<Same<typeof event, Events['message']>>())
  // @ts-expect-error there is no such event
  useEvent('reaction', () => {})
  // @ts-expect-error one may not be in that room
  facts.name
  // @ts-expect-error messages are not changed from outside
  messages.push()
  return facts?.name
}
