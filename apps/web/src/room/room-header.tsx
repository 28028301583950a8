import { useMe, useMembers, useParley, useRoom } from '@parley/client/react'
import { InfoCircledIcon, LockClosedIcon } from '@radix-ui/react-icons'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { Avatar } from '../parts/avatar.tsx'
import { Hash } from '../parts/drawn-icons.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { otherOf, useRoomTitle } from '../people/use-room-title.ts'
import type { Pane } from '../router/address.ts'
import { go } from '../router/router.ts'
import { SideButtons } from '../side/side-buttons.tsx'
import { AssistantBadge } from './assistant-badge.tsx'
import { Faces } from './faces.tsx'

interface RoomHeaderProps {
  readonly room: string
  readonly pane: Pane | undefined
}

const Sign = ({ room }: { readonly room: string }): ReactElement | null => {
  const me = useMe()?.id
  const facts = useRoom(room)
  const other = facts && otherOf(facts, me)
  const user = useParley(({ people }) => (other ? people.get(other) : undefined))
  const online = useParley((state) => (other ? state.online.get(other) : undefined))
  if (facts?.kind === 'private') return <LockClosedIcon className="text-quiet" />
  if (facts?.kind !== 'direct') {
    return (
      <span className="text-quiet">
        <Hash />
      </span>
    )
  }
  if (!other || !user) return null
  const isShown = user.kind !== 'bot' && other !== me
  return (
    <Avatar id={other} name={user.name} kind={user.kind} size="small" online={isShown ? online === true : undefined} />
  )
}

/** What the room is called and about, and who is here. */
export const RoomHeader = ({ room, pane }: RoomHeaderProps): ReactElement => {
  const t = useTranslations('room')
  const facts = useRoom(room)
  const titleOf = useRoomTitle()
  const members = useMembers(room)
  const toggle = (): void => go(pane ? { at: 'room', room } : { at: 'room', room, pane: 'details' })
  return (
    <header className="flex h-14 shrink-0 items-center gap-2 border-b border-line px-2 wide:px-4">
      <SideButtons />
      <div className="flex min-w-0 flex-1 items-center gap-2">
        <Sign room={room} />
        <h1 dir="auto" className="min-w-0 shrink-0 truncate text-body font-semibold max-wide:shrink">
          {facts && titleOf(facts)}
        </h1>
        {facts?.topic && (
          <p
            dir="auto"
            className="hidden min-w-0 truncate border-s border-line ps-3 ms-1 text-side text-quiet wide:block"
          >
            {facts.topic}
          </p>
        )}
      </div>
      <AssistantBadge room={room} open={toggle} />
      {facts?.kind !== 'direct' && members && (
        <button
          type="button"
          onClick={toggle}
          className="flex items-center gap-2 rounded-full py-1 ps-1 pe-2.5 text-side text-quiet tabular-nums hover:bg-hover"
        >
          <Faces members={members} />
          <span aria-hidden="true">{members.length}</span>
          <span className="sr-only">{t('members', { count: members.length })}</span>
        </button>
      )}
      <IconButton label={t('details')} isPressed={pane === 'details'} onClick={toggle}>
        <InfoCircledIcon width={17} height={17} />
      </IconButton>
    </header>
  )
}
