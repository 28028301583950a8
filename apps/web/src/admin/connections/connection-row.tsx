import type { ConnectionRecord } from '@parley/protocol'
import type { ReactElement, ReactNode } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { Avatar } from '../../parts/avatar.tsx'

const Fact = ({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement => (
  <div className="min-w-0">
    <dt className="text-fine text-quiet">{label}</dt>
    <dd className="min-w-0 text-side">{children}</dd>
  </div>
)

/** A time, as short as it can be told apart: today's without its day. */
const Time = ({ at }: { readonly at: string }): ReactElement => {
  const format = useFormatter()
  const date = new Date(at)
  const isToday = date.toDateString() === new Date().toDateString()
  const short = isToday
    ? format.dateTime(date, { timeStyle: 'medium' })
    : format.dateTime(date, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <time
      dateTime={at}
      title={format.dateTime(date, { dateStyle: 'full', timeStyle: 'long' })}
      className="tabular-nums"
    >
      {short}
    </time>
  )
}

interface LatestProps {
  readonly at: string
  readonly text?: string | undefined
  readonly note?: string
}

const Latest = ({ at, text, note }: LatestProps): ReactElement => (
  <>
    {text !== undefined && (
      <span dir="auto" className="block truncate">
        {text}
      </span>
    )}
    <span className="block truncate text-fine text-quiet">
      {note} <Time at={at} />
    </span>
  </>
)

/** One connection: whose it is, from when to when, and what was last said over it. */
export const ConnectionRow = ({ record }: { readonly record: ConnectionRecord }): ReactElement => {
  const t = useTranslations('admin')
  const { user, connectedAt, disconnectedAt, latestMessage, latestBroadcast } = record
  return (
    <li className="flex flex-col gap-3 px-4 py-3 roomy:flex-row roomy:items-start">
      <div className="flex items-center gap-3 roomy:w-48 roomy:shrink-0">
        <Avatar id={user.id} name={user.name} kind={user.kind} online={disconnectedAt === null} />
        <span dir="auto" className="min-w-0 truncate text-control font-medium">
          {user.name}
        </span>
      </div>
      <dl className="grid min-w-0 flex-1 grid-cols-2 gap-x-4 gap-y-2 roomy:grid-cols-[8.5rem_8.5rem_minmax(0,1fr)_minmax(0,1fr)]">
        <Fact label={t('connectedSince')}>
          <Time at={connectedAt} />
        </Fact>
        <Fact label={t('connectedUntil')}>
          {disconnectedAt === null ? (
            <span className="font-medium text-accent">{t('sessionActive')}</span>
          ) : (
            <Time at={disconnectedAt} />
          )}
        </Fact>
        <Fact label={t('latestMessage')}>
          {latestMessage ? (
            <Latest
              at={latestMessage.at}
              text={latestMessage.text}
              note={latestMessage.text === undefined ? t('notPublic') : `/r/${latestMessage.room} ·`}
            />
          ) : (
            <span className="text-quiet">{t('none')}</span>
          )}
        </Fact>
        <Fact label={t('latestBroadcast')}>
          {latestBroadcast ? (
            <Latest at={latestBroadcast.at} text={latestBroadcast.text} />
          ) : (
            <span className="text-quiet">{t('none')}</span>
          )}
        </Fact>
      </dl>
    </li>
  )
}
