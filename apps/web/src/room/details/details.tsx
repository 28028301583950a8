import { useRoom } from '@parley/client/react'
import { Cross2Icon, ExitIcon, GlobeIcon, Link2Icon, LockClosedIcon, PersonIcon } from '@radix-ui/react-icons'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { RoomNotifications } from '../../notifications/room-notifications.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { useCopy } from '../../parts/use-copy.ts'
import { useRoomTitle } from '../../people/use-room-title.ts'
import { pathOf } from '../../router/address.ts'
import { go } from '../../router/router.ts'
import { useRoomContext } from '../room-context.ts'
import { AssistantSettings } from './assistant-settings.tsx'
import { LeaveDialog } from './leave-dialog.tsx'
import { Members } from './members.tsx'
import { RoomFacts } from './room-facts.tsx'

const row = 'flex h-10 w-full items-center gap-3 rounded-lg px-3 text-control hover:bg-hover'

const kinds = {
  public: { icon: <GlobeIcon />, words: 'publicRoom' },
  private: { icon: <LockClosedIcon />, words: 'privateRoom' },
  direct: { icon: <PersonIcon />, words: 'directRoom' },
} as const

/** Beside the room: what it is, who is in it, and what one can do about it. */
export const Details = ({ room }: { readonly room: string }): ReactElement | null => {
  const t = useTranslations('details')
  const copied = useTranslations('message')
  const facts = useRoom(room)
  const { mayModerate } = useRoomContext()
  const titleOf = useRoomTitle()
  const [isCopied, copy] = useCopy()
  const [isLeaving, setLeaving] = useState(false)
  const pane = useRef<HTMLElement>(null)
  const close = (): void => go({ at: 'room', room })
  useEffect(() => {
    if (!matchMedia('(min-width: 1100px)').matches) pane.current?.focus()
  }, [])
  if (!facts) return null
  const kind = kinds[facts.kind]
  return (
    <aside
      ref={pane}
      aria-label={t('title')}
      tabIndex={-1}
      onKeyDown={(event) => {
        if (event.key === 'Escape' && !event.defaultPrevented) close()
      }}
      className="fixed inset-0 z-30 flex flex-col bg-ground outline-none wide:inset-y-0 wide:right-0 wide:left-auto wide:w-[320px] wide:border-s wide:border-line wide:shadow-float roomy:static roomy:z-0 roomy:shrink-0 roomy:shadow-none"
    >
      <div className="flex h-14 shrink-0 items-center border-b border-line ps-5 pe-3">
        <h2 className="flex-1 text-body font-semibold">{t('title')}</h2>
        <IconButton label={t('close')} onClick={close}>
          <Cross2Icon />
        </IconButton>
      </div>
      <div className="min-h-0 flex-1 overflow-y-auto px-2 py-4">
        {facts.kind !== 'direct' && <RoomFacts facts={facts} />}
        <p className="mt-3 flex gap-3 px-3 text-side text-quiet">
          <span className="mt-0.5 shrink-0">{kind.icon}</span>
          {t(kind.words)}
        </p>
        <Members room={room} title={titleOf(facts)} isDirect={facts.kind === 'direct'} />
        {mayModerate && facts.kind !== 'direct' && <AssistantSettings room={room} />}
        <div className="mx-3 my-3 h-px bg-line" />
        <RoomNotifications room={room} />
        <button type="button" className={row} onClick={() => copy(location.origin + pathOf({ at: 'room', room }))}>
          <Link2Icon className="text-quiet" />
          {isCopied ? copied('copied') : t('copyLink')}
        </button>
        {room !== 'general' && facts.kind !== 'direct' && (
          <button type="button" className={`${row} text-danger`} onClick={() => setLeaving(true)}>
            <ExitIcon />
            {t('leave')}
          </button>
        )}
      </div>
      <LeaveDialog facts={facts} title={titleOf(facts)} isOpen={isLeaving} close={() => setLeaving(false)} />
    </aside>
  )
}
