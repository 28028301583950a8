import type { UsageSum } from '@parley/protocol'
import { type ReactElement, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { Segments } from '../segments.tsx'
import { Cost } from './cost.tsx'
import { groups, sharesBy } from './usage-sums.ts'
import { useShareName } from './use-share-name.ts'

const number = 'px-3 py-2.5 text-end tabular-nums whitespace-nowrap last:pe-5'

/** What was used by day, room, person or model, in numbers. */
export const UsageTable = ({ usage }: { readonly usage: readonly UsageSum[] }): ReactElement => {
  const t = useTranslations('admin')
  const format = useFormatter()
  const nameOf = useShareName()
  const [group, setGroup] = useState<(typeof groups)[number]>('day')
  const label = t(`by_${group}`)
  return (
    <div className="mt-8">
      <Segments
        label={t('groupBy')}
        value={group}
        options={groups.map((value) => ({ value, label: t(`by_${value}`) }))}
        choose={setGroup}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls sideways must be reached by keys */}
      <section aria-label={label} tabIndex={0} className="mt-3 overflow-x-auto rounded-xl border border-line">
        <table className="w-full text-side">
          <thead className="border-b border-line text-fine text-quiet">
            <tr>
              <th scope="col" className="px-5 py-2.5 text-start font-medium">
                {label}
              </th>
              {(['replies', 'tokensIn', 'tokensOut', 'cost'] as const).map((key) => (
                <th key={key} scope="col" className={`${number} font-medium`}>
                  {t(key)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody className="divide-y divide-line">
            {sharesBy(usage, group).map(({ id, sum }) => (
              <tr key={id}>
                <th scope="row" dir="auto" className="max-w-60 truncate px-5 py-2.5 text-start font-medium">
                  {nameOf(group, id)}
                </th>
                <td className={number}>{format.number(sum.replies)}</td>
                <td className={number}>{format.number(sum.tokensIn)}</td>
                <td className={number}>{format.number(sum.tokensOut)}</td>
                <td className={number}>
                  <Cost sum={sum} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  )
}
