import { type ReactElement, type ReactNode, useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { classes } from '../parts/classes.ts'
import { Link } from '../router/link.tsx'
import { type Destination, usePlace } from '../router/router.ts'

interface RowProps {
  readonly to: Destination
  readonly icon: ReactNode
  readonly name: string
  readonly unread?: number
  /** Said after the name: "you", for one. */
  readonly note?: string | undefined
}

/** A room or person at the side: how many messages are unread stands at the end. */
export const Row = ({ to, icon, name, unread = 0, note }: RowProps): ReactElement => {
  const t = useTranslations('side')
  const place = usePlace()
  const isHere = place.at === 'room' && to.at === 'room' && place.room === to.room
  const row = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isHere) row.current?.scrollIntoView({ block: 'nearest' })
  }, [isHere])
  return (
    <li ref={row}>
      <Link
        to={to}
        aria-current={isHere ? 'page' : undefined}
        className={classes(
          'flex h-11 items-center gap-2.5 rounded-lg px-2.5 text-control wide:h-8',
          isHere ? 'bg-selected font-medium text-text' : 'hover:bg-hover',
          !isHere && (unread > 0 ? 'font-semibold text-text' : 'text-quiet hover:text-text'),
        )}
      >
        <span className="flex w-6 shrink-0 justify-center">{icon}</span>
        <span dir="auto" className="min-w-0 flex-1 truncate text-start">
          {name}
          {note && <span className="ms-1.5 font-normal text-quiet">{note}</span>}
        </span>
        {unread > 0 && (
          <span className="inline-flex h-[18px] min-w-[18px] items-center justify-center rounded-full bg-accent px-1.5 text-[11px] font-semibold text-on-accent tabular-nums">
            <span aria-hidden="true">{unread > 98 ? t('unreadMany', { count: 99 }) : unread}</span>
            <span className="sr-only">{t('unread', { count: unread })}</span>
          </span>
        )}
      </Link>
    </li>
  )
}
