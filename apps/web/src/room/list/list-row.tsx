import { memo, type ReactElement, useLayoutEffect } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { MessageRow } from '../message/message-row.tsx'
import { OutgoingRow } from '../message/outgoing-row.tsx'
import { Beginning } from './beginning.tsx'
import { CatchUp } from './catch-up.tsx'
import type { Row } from './rows.ts'

const dayMs = 86_400_000

/** A day, in words where it is near. */
const DayLine = ({ at }: { readonly at: number }): ReactElement => {
  const t = useTranslations('room')
  const format = useFormatter()
  const midnight = new Date().setHours(0, 0, 0, 0)
  const isThisYear = new Date(at).getFullYear() === new Date().getFullYear()
  const day = (): string => {
    if (at >= midnight) return t('today')
    if (at >= midnight - dayMs) return t('yesterday')
    return format.dateTime(at, {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      ...(!isThisYear && { year: 'numeric' }),
    })
  }
  return (
    <div className="column flex items-center gap-4 px-4 pt-5 pb-3 wide:px-6">
      <div className="h-px flex-1 bg-line" />
      <h2 className="text-fine font-medium text-quiet">{day()}</h2>
      <div className="h-px flex-1 bg-line" />
    </div>
  )
}

/** What comes below has not been read. */
const NewLine = (): ReactElement => {
  const t = useTranslations('room')
  return (
    <div className="column flex items-center gap-3 px-4 pt-3 pb-1 wide:px-6">
      <div className="h-px flex-1 bg-accent" />
      <span className="text-fine font-semibold text-accent">{t('newMessages')}</span>
      <CatchUp />
    </div>
  )
}

interface ListRowProps {
  readonly row: Row
  /** Where it tells that it is drawn. */
  readonly drawn: Set<string>
}

export const ListRow = memo(({ row, drawn }: ListRowProps): ReactElement => {
  const { key } = row
  useLayoutEffect(() => {
    drawn.add(key)
    return () => void drawn.delete(key)
  }, [drawn, key])
  switch (row.kind) {
    case 'beginning':
      return <Beginning />
    case 'day':
      return <DayLine at={row.at} />
    case 'new':
      return <NewLine />
    case 'message':
      return <MessageRow message={row.message} at={row.at} isFirst={row.isFirst} quotes={row.quotes} />
    case 'outgoing':
      return <OutgoingRow outgoing={row.outgoing} isFirst={row.isFirst} />
  }
})
