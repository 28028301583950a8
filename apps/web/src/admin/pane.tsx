import { type ReactElement, type ReactNode, useId } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../parts/button.tsx'
import { useFailureWords } from '../session/failure-words.ts'

interface PaneProps {
  readonly title: string
  readonly text?: string | undefined
  readonly action?: ReactNode
  readonly children: ReactNode
}

/** A titled part of an admin page: what it is about, what can be done, and the thing itself. */
export const Pane = ({ title, text, action, children }: PaneProps): ReactElement => {
  const id = useId()
  return (
    <section aria-labelledby={id} className="mb-10">
      <div className="mb-4 flex flex-wrap items-end gap-x-6 gap-y-3">
        <div className="min-w-0 flex-1 basis-60">
          <h2 id={id} className="text-title font-semibold">
            {title}
          </h2>
          {text && <p className="mt-0.5 max-w-[560px] text-control text-pretty text-quiet">{text}</p>}
        </div>
        {action && <div className="flex items-center gap-2">{action}</div>}
      </div>
      {children}
    </section>
  )
}

/** The frame of a list: its rows are divided by lines. */
export const Rows = ({ children }: { readonly children: ReactNode }): ReactElement => (
  <ul className="divide-y divide-line rounded-xl border border-line bg-ground">{children}</ul>
)

export const PaneEmpty = ({ children }: { readonly children: ReactNode }): ReactElement => (
  <p className="rounded-xl border border-dashed border-line px-6 py-10 text-center text-control text-balance text-quiet">
    {children}
  </p>
)

export const PaneLoading = (): ReactElement => {
  const t = useTranslations('admin')
  return (
    <div role="status" className="late flex flex-col gap-5 rounded-xl border border-line p-5">
      <span className="sr-only">{t('loading')}</span>
      {['w-2/5', 'w-3/5', 'w-1/2'].map((width) => (
        <span key={width} className="flex items-center gap-3">
          <span className="size-6 rounded-full bg-sunken" />
          <span className={`h-3 rounded-full bg-sunken ${width}`} />
        </span>
      ))}
    </div>
  )
}

interface PaneErrorProps {
  readonly error: unknown
  readonly retry: () => void
}

export const PaneError = ({ error, retry }: PaneErrorProps): ReactElement => {
  const t = useTranslations('admin')
  const words = useFailureWords()
  return (
    <div
      role="alert"
      className="flex flex-wrap items-center justify-between gap-3 rounded-xl bg-danger-ground px-5 py-4"
    >
      <p className="text-control text-danger">{words(error)}</p>
      <Button onClick={retry}>{t('retry')}</Button>
    </div>
  )
}

interface MoreProps {
  readonly isShown: boolean
  readonly isBusy: boolean
  readonly next: () => void
}

/** The way to the rest of a list. */
export const More = ({ isShown, isBusy, next }: MoreProps): ReactElement | null => {
  const t = useTranslations('admin')
  if (!isShown) return null
  return (
    <div className="mt-4 flex justify-center">
      <Button disabled={isBusy} onClick={next}>
        {t('more')}
      </Button>
    </div>
  )
}

/** A short word that says how something stands. */
export const Badge = ({ look = 'quiet', children }: { look?: 'quiet' | 'accent' | 'danger'; children: ReactNode }) => (
  <span
    className={`inline-flex h-5 shrink-0 items-center rounded-md px-1.5 text-fine font-medium whitespace-nowrap ${badgeLooks[look]}`}
  >
    {children}
  </span>
)

const badgeLooks = {
  quiet: 'bg-sunken text-quiet',
  accent: 'bg-accent-ground text-accent',
  danger: 'bg-danger-ground text-danger',
} as const
