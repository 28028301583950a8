import { useMe, useRooms } from '@parley/client/react'
import { MagnifyingGlassIcon, Pencil2Icon, PlusIcon } from '@radix-ui/react-icons'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { openDialog } from '../dialogs/open-dialog.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { Key } from '../parts/key.tsx'
import { Mark } from '../session/mark.tsx'
import { modifier } from '../shell/platform.ts'
import { DirectRow } from './direct-row.tsx'
import { People } from './people.tsx'
import { RoomRow } from './room-row.tsx'
import { Section } from './section.tsx'
import { byPlace } from './sort.ts'
import { YouRow } from './you-row.tsx'

/** Rooms and people. */
export const Side = (): ReactElement => {
  const t = useTranslations('side')
  const me = useMe()
  const all = useRooms()
  const rooms = all.filter(({ facts }) => facts.kind !== 'direct').sort(byPlace)
  const direct = all.filter(({ facts }) => facts.kind === 'direct').reverse()
  const mayCreate = me?.role !== 'guest'
  return (
    <nav aria-label={t('label')} className="flex h-full flex-col bg-rail [--behind:var(--rail)]">
      <div className="flex h-14 shrink-0 items-center gap-2.5 px-4">
        <Mark className="size-7" />
        <span className="text-title font-semibold tracking-tight">Parley</span>
      </div>
      <div className="px-3 pb-2">
        <button
          type="button"
          onClick={() => openDialog('switcher')}
          className="flex h-9 w-full items-center gap-2 rounded-lg border border-line bg-raised px-3 text-side text-quiet transition-colors hover:border-edge/60"
        >
          <MagnifyingGlassIcon />
          <span className="flex-1 text-start">{t('search')}</span>
          <span className="hidden wide:block">
            <Key>{modifier} K</Key>
          </span>
        </button>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 pb-4">
        <Section
          title={t('rooms')}
          action={
            <>
              <IconButton label={t('browse')} size="small" onClick={() => openDialog('browse')}>
                <MagnifyingGlassIcon />
              </IconButton>
              {mayCreate && (
                <IconButton label={t('newRoom')} size="small" onClick={() => openDialog('create')}>
                  <PlusIcon />
                </IconButton>
              )}
            </>
          }
        >
          {rooms.map(({ facts, unread }) => (
            <RoomRow key={facts.id} facts={facts} unread={unread} />
          ))}
        </Section>
        <Section
          title={t('direct')}
          action={
            <IconButton label={t('newDirect')} size="small" onClick={() => openDialog('direct')}>
              <Pencil2Icon />
            </IconButton>
          }
        >
          {direct.length === 0 && <li className="px-2.5 py-1 text-side text-quiet">{t('noDirect')}</li>}
          {direct.map(({ facts, unread }) => (
            <DirectRow key={facts.id} facts={facts} unread={unread} />
          ))}
        </Section>
        <People />
      </div>
      <YouRow />
    </nav>
  )
}
