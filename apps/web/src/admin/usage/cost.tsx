import type { ReactElement } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import type { Sum } from './usage-sums.ts'

/** What something cost in US dollars; marked where some or all of it has no known price. */
export const Cost = ({ sum: { cost, replies, unpriced } }: { readonly sum: Sum }): ReactElement => {
  const t = useTranslations('admin')
  const format = useFormatter()
  if (replies > 0 && unpriced === replies) {
    return <span className="text-warm">{t('priceUnknown')}</span>
  }
  const digits = cost > 0 && cost < 1 ? 4 : 2
  const text = format.number(cost, {
    style: 'currency',
    currency: 'USD',
    currencyDisplay: 'narrowSymbol',
    maximumFractionDigits: digits,
  })
  return unpriced === 0 ? <span>{text}</span> : <span className="text-warm">{t('priceAtLeast', { cost: text })}</span>
}
