import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'

/** A reply that has not said anything yet. */
export const Thinking = (): ReactElement => {
  const t = useTranslations('model')
  return (
    <span className="inline-flex h-[22px] items-center gap-2 text-control text-quiet">
      <span className="breathing size-2 rounded-full bg-accent" aria-hidden="true" />
      {t('thinking')}
    </span>
  )
}
