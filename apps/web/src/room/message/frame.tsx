import type { ReactElement, ReactNode } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { Avatar } from '../../parts/avatar.tsx'
import { classes } from '../../parts/classes.ts'

interface Author {
  readonly id: string
  readonly name: string
  readonly kind: string
}

/** A time of day, and on pointing at it the whole date. */
const Time = ({ at }: { readonly at: number }): ReactElement => {
  const format = useFormatter()
  return (
    <time
      dateTime={new Date(at).toISOString()}
      title={format.dateTime(at, { dateStyle: 'full', timeStyle: 'short' })}
      className="text-fine text-quiet tabular-nums"
    >
      {format.dateTime(at, { timeStyle: 'short' })}
    </time>
  )
}

const Head = ({ author, at }: { readonly author: Author; readonly at: number }): ReactElement => {
  const t = useTranslations('message')
  return (
    <div className="flex items-baseline gap-2">
      <span dir="auto" className="truncate font-semibold">
        {author.name}
      </span>
      {author.kind !== 'person' && (
        <span
          className={classes('shrink-0 text-fine', author.kind === 'bot' ? 'font-medium text-accent' : 'text-quiet')}
        >
          {t(author.kind === 'bot' ? 'bot' : 'guest')}
        </span>
      )}
      <Time at={at} />
    </div>
  )
}

interface FrameProps {
  readonly author: Author
  readonly at: number
  readonly isFirst: boolean
  /** What it answers, above the author. */
  readonly quote?: ReactNode
  readonly children: ReactNode
}

/** A message's place: the author's picture at the side, or the time where the author was said before. */
export const Frame = ({ author, at, isFirst, quote, children }: FrameProps): ReactElement => (
  <>
    {quote}
    <div className="flex gap-3">
      <div className="w-9 shrink-0">
        {isFirst ? (
          <div className="pt-0.5">
            <Avatar id={author.id} name={author.name} kind={author.kind} />
          </div>
        ) : (
          <div className="pt-px text-end text-[11px] whitespace-nowrap opacity-0 group-focus-within:opacity-100 group-hover:opacity-100 group-focus:opacity-100 [&_time]:text-[11px]">
            <Time at={at} />
          </div>
        )}
      </div>
      <div className="min-w-0 flex-1">
        {isFirst && <Head author={author} at={at} />}
        {children}
      </div>
    </div>
  </>
)
