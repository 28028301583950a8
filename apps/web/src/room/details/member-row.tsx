import type { RoomRole, User } from '@parley/client'
import { useClient } from '@parley/client/react'
import { ChatBubbleIcon, DotsHorizontalIcon, MinusCircledIcon, PersonIcon } from '@radix-ui/react-icons'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Avatar } from '../../parts/avatar.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { Menu, MenuItem, MenuLine } from '../../parts/menu.tsx'
import { go } from '../../router/router.ts'
import { useRoomContext } from '../room-context.ts'
import { RemoveDialog } from './remove-dialog.tsx'

interface MemberRowProps {
  readonly user: User
  readonly role: RoomRole
  readonly isOnline: boolean
  readonly roomTitle: string
  readonly isDirect: boolean
}

/** Somebody in the room, and what one can do about them. */
export const MemberRow = ({ user, role, isOnline, roomTitle, isDirect }: MemberRowProps): ReactElement => {
  const t = useTranslations('details')
  const side = useTranslations('side')
  const client = useClient()
  const { room, me, mayModerate } = useRoomContext()
  const [isRemoving, setRemoving] = useState(false)
  const isMe = user.id === me
  const mayKeepOrder = mayModerate && !isMe && !isDirect
  return (
    <div className="group flex h-11 items-center gap-3 rounded-lg px-3 hover:bg-hover">
      <Avatar
        id={user.id}
        name={user.name}
        kind={user.kind}
        size="small"
        online={user.kind === 'bot' ? undefined : isOnline}
      />
      <span dir="auto" className="min-w-0 flex-1 truncate text-control">
        {user.name}
        {isMe && <span className="ms-1.5 text-quiet">{side('you')}</span>}
      </span>
      {role === 'admin' && !isDirect && <span className="text-fine text-quiet">{t('admin')}</span>}
      {!isMe && (
        <Menu
          trigger={
            <IconButton
              label={t('actions', { name: user.name })}
              size="small"
              className="-me-1 focus-visible:opacity-100 data-[state=open]:opacity-100 wide:opacity-0 wide:group-hover:opacity-100"
            >
              <DotsHorizontalIcon />
            </IconButton>
          }
        >
          <MenuItem icon={<ChatBubbleIcon />} onSelect={() => go({ at: 'person', user: user.id })}>
            {t('writeTo', { name: user.name })}
          </MenuItem>
          {mayKeepOrder && (
            <>
              <MenuLine />
              {role !== 'admin' && user.kind === 'person' && (
                <MenuItem
                  icon={<PersonIcon />}
                  onSelect={() => {
                    client.invite(room, user.id, 'admin').catch(() => {
                      // The list shows what they are.
                    })
                  }}
                >
                  {t('makeAdmin')}
                </MenuItem>
              )}
              <MenuItem icon={<MinusCircledIcon />} isDanger onSelect={() => setTimeout(() => setRemoving(true))}>
                {t('remove')}
              </MenuItem>
            </>
          )}
        </Menu>
      )}
      <RemoveDialog
        user={user}
        room={room}
        roomTitle={roomTitle}
        isOpen={isRemoving}
        close={() => setRemoving(false)}
      />
    </div>
  )
}
