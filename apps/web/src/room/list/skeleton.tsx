import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'

const lines = ['w-3/5', 'w-4/5', 'w-2/5', 'w-3/4', 'w-1/2']

/** Where messages will stand: shown only when they take longer than a moment. */
export const Skeleton = (): ReactElement => {
  const t = useTranslations('room')
  return (
    <div className="late column flex flex-col gap-6 px-4 pb-6 wide:px-6" role="status" aria-label={t('loading')}>
      {lines.map((width) => (
        <div key={width} className="flex gap-3">
          <div className="size-9 shrink-0 rounded-full bg-sunken" />
          <div className="flex flex-1 flex-col gap-2 pt-1">
            <div className="h-3 w-28 rounded bg-sunken" />
            <div className={`h-3 rounded bg-sunken ${width}`} />
          </div>
        </div>
      ))}
    </div>
  )
}
