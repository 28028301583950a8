import type { Message } from '@parley/client'
import { useMe, useParley, useRoom } from '@parley/client/react'
import { type ReactElement, useEffect, useMemo, useState } from 'react'
import { ProseProvider } from '../markdown/prose-context.tsx'
import { lastRoom } from '../preferences/preferences.ts'
import type { Pane } from '../router/address.ts'
import { Composer } from './composer/composer.tsx'
import { Details } from './details/details.tsx'
import { MessageList } from './list/message-list.tsx'
import { Notes } from './notes.tsx'
import { OtherRoom } from './other-room.tsx'
import { Refusal, useRefusal } from './refusal.tsx'
import { RoomProvider } from './room-context.ts'
import { RoomFoot } from './room-foot.tsx'
import { RoomHeader } from './room-header.tsx'
import { Spoken } from './spoken.tsx'
import { useMayModerate } from './use-may-moderate.ts'

interface RoomPageProps {
  readonly room: string
  readonly seq: number | undefined
  readonly pane: Pane | undefined
}

/** A room that one is in: what was said, and where to write. */
const OwnRoom = ({ room, seq, pane }: RoomPageProps): ReactElement => {
  const me = useMe()?.id ?? ''
  const mayModerate = useMayModerate(room)
  const [editing, edit] = useState<string>()
  const [replyingTo, reply] = useState<Message>()
  const [refused, act] = useRefusal()
  const context = useMemo(
    () => ({ room, me, mayModerate, editing, edit, reply, replyingTo, act, target: seq }),
    [room, me, mayModerate, editing, replyingTo, act, seq],
  )
  useEffect(() => lastRoom.set(room), [room])
  return (
    <ProseProvider>
      <RoomProvider value={context}>
        <div className="flex h-full min-w-0">
          <section className="flex h-full min-w-0 flex-1 flex-col">
            <RoomHeader room={room} pane={pane} />
            <Refusal refused={refused} />
            <MessageList />
            <Notes />
            <RoomFoot />
            <Composer />
            <Spoken />
          </section>
          {pane === 'details' && <Details room={room} />}
        </div>
      </RoomProvider>
    </ProseProvider>
  )
}

/** A room by its address: one's own, or one that can be joined, or none. */
export const RoomPage = (props: RoomPageProps): ReactElement | null => {
  const facts = useRoom(props.room)
  const isPartial = useParley((state) => state.isPartial)
  if (facts) return <OwnRoom {...props} />
  return isPartial ? null : <OtherRoom room={props.room} />
}
