import type { Client } from '@parley/client'
import type { EndpointResponse } from '@parley/protocol'
import { LockClosedIcon, PersonIcon, ReloadIcon } from '@radix-ui/react-icons'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { Hash } from '../../parts/drawn-icons.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { useRoomTitle } from '../../people/use-room-title.ts'
import { Link } from '../../router/link.tsx'
import { Listed } from '../listed.tsx'
import { Badge, Pane } from '../pane.tsx'
import { usePages } from '../use-pages.ts'

type ListedRoom = EndpointResponse<'GET /api/rooms'>['rooms'][number]

const askRooms = async (client: Client, after: string | undefined) => {
  const { rooms, more } = await client.call('GET /api/rooms', { query: { after } })
  return { items: rooms, more }
}

const signs = { public: <Hash />, private: <LockClosedIcon />, direct: <PersonIcon /> } as const

const RoomRow = ({ room }: { readonly room: ListedRoom }): ReactElement => {
  const t = useTranslations('admin')
  const titleOf = useRoomTitle()
  const { id, kind, topic, member } = room
  // That of a direct room is made by the server: nobody reads it.
  const below = topic || (kind !== 'direct' && `/r/${id}`)
  return (
    <li>
      <Link to={{ at: 'room', room: id }} className="flex min-h-15 items-center gap-3 px-4 py-2 hover:bg-hover">
        <span className="flex size-9 shrink-0 items-center justify-center rounded-lg bg-sunken text-quiet">
          {signs[kind]}
        </span>
        <span className="min-w-0 flex-1">
          <span dir="auto" className="block truncate text-control font-medium">
            {titleOf(room)}
          </span>
          {below && (
            <span dir="auto" className="block truncate text-side text-quiet">
              {below}
            </span>
          )}
        </span>
        {member && (
          <span className="max-wide:hidden">
            <Badge look="accent">{t('memberHere')}</Badge>
          </span>
        )}
        <Badge>{t(`kind_${kind}`)}</Badge>
      </Link>
    </li>
  )
}

/** The rooms that an admin may see: all public ones, and one's own. What is private stays so, for admins too. */
export const RoomsPage = (): ReactElement => {
  const t = useTranslations('admin')
  const pages = usePages<ListedRoom>(askRooms)
  return (
    <Pane
      title={t('page_rooms')}
      text={t('roomsText')}
      action={
        <IconButton label={t('refresh')} disabled={pages.isBusy} onClick={pages.reload}>
          <ReloadIcon />
        </IconButton>
      }
    >
      <Listed pages={pages} empty={t('noRooms')} row={(room) => <RoomRow key={room.id} room={room} />} />
    </Pane>
  )
}
