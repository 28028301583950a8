import { useMe, useRooms } from '@parley/client/react'
import { KeyboardIcon, LockClosedIcon, PersonIcon, PlusIcon } from '@radix-ui/react-icons'
import { Command } from 'cmdk'
import { Dialog as Radix } from 'radix-ui'
import type { ReactElement, ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Avatar } from '../parts/avatar.tsx'
import { Veil } from '../parts/dialog.tsx'
import { Hash } from '../parts/drawn-icons.tsx'
import { useDirectory } from '../people/use-directory.ts'
import { otherOf, useRoomTitle } from '../people/use-room-title.ts'
import { type Destination, go } from '../router/router.ts'
import type { DialogPageProps } from './dialogs.tsx'
import { openDialog } from './open-dialog.ts'
import { useOtherRooms } from './use-other-rooms.ts'

interface EntryProps {
  /** Unique among the entries. */
  readonly id: string
  readonly name: string
  readonly icon: ReactNode
  readonly unread?: number
  readonly select: () => void
}

const Entry = ({ id, name, icon, unread = 0, select }: EntryProps): ReactElement => (
  <Command.Item
    value={`${name} ${id}`}
    onSelect={select}
    className="flex h-10 items-center gap-3 rounded-lg px-3 text-control data-[selected=true]:bg-hover"
  >
    <span className="flex w-6 justify-center text-quiet">{icon}</span>
    <span dir="auto" className="min-w-0 flex-1 truncate">
      {name}
    </span>
    {unread > 0 && <span className="text-fine font-semibold text-accent tabular-nums">{unread}</span>}
  </Command.Item>
)

const group =
  '[&_[cmdk-group-heading]]:px-3 [&_[cmdk-group-heading]]:pt-3 [&_[cmdk-group-heading]]:pb-1 [&_[cmdk-group-heading]]:text-fine [&_[cmdk-group-heading]]:font-semibold [&_[cmdk-group-heading]]:text-quiet'

/** Goes anywhere by a few letters. */
const Switcher = ({ close }: DialogPageProps): ReactElement => {
  const t = useTranslations('switcher')
  const side = useTranslations('side')
  const menu = useTranslations('menu')
  const me = useMe()
  const titleOf = useRoomTitle()
  const rooms = useRooms()
  const people = useDirectory()
  const others = useOtherRooms() ?? []
  const to = (place: Destination) => (): void => {
    close()
    go(place)
  }
  const own = [...rooms].sort((a, b) => Number(b.unread > 0) - Number(a.unread > 0))
  const written = new Set(rooms.map(({ facts }) => otherOf(facts, me?.id)))
  const faceOf = (id: string | undefined, name: string): ReactNode => {
    const user = people.find((one) => one.id === id)
    return user ? <Avatar id={user.id} name={name} kind={user.kind} size="small" /> : <PersonIcon />
  }
  return (
    <Radix.Root open onOpenChange={(open) => !open && close()}>
      <Radix.Portal>
        <Veil />
        <Radix.Content
          aria-describedby={undefined}
          className="rising fixed inset-x-2 top-2 z-50 overflow-hidden rounded-2xl bg-raised shadow-float wide:inset-x-auto wide:left-1/2 wide:top-[14dvh] wide:w-[560px] wide:-translate-x-1/2"
        >
          <Radix.Title className="sr-only">{t('label')}</Radix.Title>
          <Command label={t('label')} loop>
            <Command.Input
              placeholder={t('placeholder')}
              autoFocus
              className="h-13 w-full border-b border-line bg-transparent px-5 text-body outline-none"
            />
            <Command.List className="max-h-[min(420px,64dvh)] overflow-y-auto p-2 pt-0">
              <Command.Empty className="p-6 text-center text-control text-quiet">{t('none')}</Command.Empty>
              <Command.Group heading={t('rooms')} className={group}>
                {own.map(({ facts, unread }) => {
                  const name = titleOf(facts)
                  const isDirect = facts.kind === 'direct'
                  const sign = facts.kind === 'private' ? <LockClosedIcon /> : <Hash />
                  return (
                    <Entry
                      key={facts.id}
                      id={facts.id}
                      name={name}
                      icon={isDirect ? faceOf(otherOf(facts, me?.id), name) : sign}
                      unread={unread}
                      select={to({ at: 'room', room: facts.id })}
                    />
                  )
                })}
              </Command.Group>
              <Command.Group heading={t('people')} className={group}>
                {people
                  .filter(({ id }) => !written.has(id))
                  .map(({ id, name }) => (
                    <Entry
                      key={id}
                      id={id}
                      name={name}
                      icon={faceOf(id, name)}
                      select={to({ at: 'person', user: id })}
                    />
                  ))}
              </Command.Group>
              {others.length > 0 && (
                <Command.Group heading={t('otherRooms')} className={group}>
                  {others.map(({ id, name }) => (
                    <Entry key={id} id={id} name={name || id} icon={<Hash />} select={to({ at: 'room', room: id })} />
                  ))}
                </Command.Group>
              )}
              <Command.Group heading={t('actions')} className={group}>
                {me?.role !== 'guest' && (
                  <Entry id="create" name={side('newRoom')} icon={<PlusIcon />} select={() => openDialog('create')} />
                )}
                <Entry
                  id="shortcuts"
                  name={menu('shortcuts')}
                  icon={<KeyboardIcon />}
                  select={() => openDialog('shortcuts')}
                />
              </Command.Group>
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  )
}

export default Switcher
