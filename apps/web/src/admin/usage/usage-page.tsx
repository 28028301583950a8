import type { Client } from '@parley/client'
import type { EndpointResponse } from '@parley/protocol'
import { type ReactElement, type ReactNode, useCallback, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { Pane, PaneEmpty, PaneError, PaneLoading } from '../pane.tsx'
import { Segments } from '../segments.tsx'
import { useAsked } from '../use-asked.ts'
import { Cost } from './cost.tsx'
import { UsageChart } from './usage-chart.tsx'
import { dayBefore, daysBetween, sumOf } from './usage-sums.ts'
import { UsageTable } from './usage-table.tsx'

type Usage = EndpointResponse<'GET /api/usage'>

const spans = ['7', '30', '90'] as const
type Span = (typeof spans)[number]

const Tile = ({ label, children }: { readonly label: string; readonly children: ReactNode }): ReactElement => (
  <div className="rounded-xl border border-line px-4 py-3">
    <dt className="text-fine text-quiet">{label}</dt>
    <dd className="mt-0.5 truncate text-title font-semibold tabular-nums">{children}</dd>
  </div>
)

const Shown = ({ usage: { usage, from, to, budgets } }: { readonly usage: Usage }): ReactElement => {
  const t = useTranslations('admin')
  const format = useFormatter()
  const sum = sumOf(usage)
  const budget = (tokens: number | null): string =>
    tokens === null ? t('budgetNone') : t('budgetTokens', { tokens: format.number(tokens) })
  return (
    <>
      <dl className="mb-4 grid grid-cols-2 gap-3 roomy:grid-cols-4">
        <Tile label={t('replies')}>{format.number(sum.replies)}</Tile>
        <Tile label={t('tokensIn')}>{format.number(sum.tokensIn)}</Tile>
        <Tile label={t('tokensOut')}>{format.number(sum.tokensOut)}</Tile>
        <Tile label={t('cost')}>
          <Cost sum={sum} />
        </Tile>
      </dl>
      {usage.length === 0 ? (
        <PaneEmpty>{t('noUsage')}</PaneEmpty>
      ) : (
        <>
          <UsageChart days={daysBetween(usage, from, to)} />
          {sum.unpriced > 0 && (
            <p className="mt-3 text-side text-warm">{t('pricesMissing', { count: sum.unpriced })}</p>
          )}
          <UsageTable usage={usage} />
        </>
      )}
      <section className="mt-8">
        <h3 className="text-control font-semibold">{t('budgets')}</h3>
        <p className="mt-0.5 text-control text-quiet">{t('budgetsText')}</p>
        <dl className="mt-3 grid gap-3 wide:grid-cols-2">
          <Tile label={t('budgetPerson')}>{budget(budgets.person)}</Tile>
          <Tile label={t('budgetRoom')}>{budget(budgets.room)}</Tile>
        </dl>
      </section>
    </>
  )
}

/** What the replies of models have used and cost, and how much may be used in a day. */
export const UsagePage = (): ReactElement => {
  const t = useTranslations('admin')
  const [span, setSpan] = useState<Span>('30')
  const ask = useCallback(
    (client: Client) => {
      const to = new Date().toISOString().slice(0, 10)
      return client.call('GET /api/usage', { query: { from: dayBefore(to, Number(span) - 1), to } })
    },
    [span],
  )
  const { asked, again } = useAsked(ask)
  return (
    <Pane
      title={t('page_usage')}
      text={t('usageText')}
      action={
        <Segments
          label={t('span')}
          value={span}
          options={spans.map((value) => ({ value, label: t('days', { count: Number(value) }) }))}
          choose={setSpan}
        />
      }
    >
      {asked.status === 'loading' && <PaneLoading />}
      {asked.status === 'failed' && <PaneError error={asked.error} retry={again} />}
      {asked.status === 'ready' && <Shown usage={asked.value} />}
    </Pane>
  )
}
