import { type ReactElement, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { classes } from '../parts/classes.ts'
import { currentPlace } from '../router/router.ts'
import type { KeptMessage, KeptRoom } from './kept-rooms.ts'

const Said = ({ message: { name, text, at } }: { readonly message: KeptMessage }): ReactElement => {
  const format = useFormatter()
  return (
    <li>
      <p className="flex items-baseline gap-2">
        <span dir="auto" className="text-control font-semibold">
          {name}
        </span>
        <time dateTime={at} className="text-fine text-quiet tabular-nums">
          {format.dateTime(new Date(at), { dateStyle: 'medium', timeStyle: 'short' })}
        </time>
      </p>
      <p dir="auto" className="text-body whitespace-pre-wrap [overflow-wrap:anywhere]">
        {text}
      </p>
    </li>
  )
}

const firstOf = (rooms: readonly KeptRoom[]): string | undefined => {
  const place = currentPlace()
  const asked = place.at === 'room' ? rooms.find(({ id }) => id === place.room) : undefined
  return (asked ?? rooms[0])?.id
}

/** What was read last in this browser, while there is no server to ask. */
export const LastRead = ({ rooms }: { readonly rooms: readonly KeptRoom[] }): ReactElement => {
  const t = useTranslations('kept')
  const [chosen, choose] = useState(() => firstOf(rooms))
  const room = rooms.find(({ id }) => id === chosen)
  return (
    <div className="flex min-h-0 flex-1 flex-col wide:flex-row">
      <nav aria-label={t('rooms')} className="shrink-0 bg-rail p-3 wide:w-[264px] wide:border-e wide:border-line">
        <p className="px-2.5 pb-2 text-fine font-semibold text-quiet">{t('rooms')}</p>
        <ul className="flex gap-px overflow-x-auto wide:flex-col">
          {rooms.map(({ id, title }) => (
            <li key={id}>
              <button
                type="button"
                aria-current={id === chosen}
                onClick={() => choose(id)}
                className={classes(
                  'h-9 w-full truncate rounded-lg px-2.5 text-start text-control',
                  id === chosen ? 'bg-selected font-medium' : 'text-quiet hover:bg-hover',
                )}
              >
                <bdi>{title}</bdi>
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <main className="min-h-0 flex-1 overflow-y-auto">
        <div className="column px-5 py-6">
          <h1 dir="auto" className="mb-6 text-title font-semibold">
            {room?.title}
          </h1>
          <ul className="flex flex-col gap-4">
            {room?.messages.map((message) => (
              <Said key={message.id} message={message} />
            ))}
          </ul>
        </div>
      </main>
    </div>
  )
}
