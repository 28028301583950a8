import type { ReactElement } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { type Share, scaleEnd, tokensOf } from './usage-sums.ts'

interface UsageChartProps {
  readonly days: readonly Share[]
}

const width = 800
const height = 180
const barGap = 0.28

interface BarProps {
  readonly share: Share
  readonly x: number
  readonly step: number
  readonly end: number
}

/** One day: what was read below, what was written above it. */
const Bar = ({ share: { id, sum }, x, step, end }: BarProps): ReactElement => {
  const t = useTranslations('admin')
  const format = useFormatter()
  const read = (sum.tokensIn / end) * height
  const written = (sum.tokensOut / end) * height
  const wide = step * (1 - barGap)
  const day = format.dateTime(new Date(id), { dateStyle: 'medium', timeZone: 'UTC' })
  return (
    <g className="group">
      <title>{t('chartDay', { day, tokens: tokensOf(sum), replies: sum.replies })}</title>
      <rect x={x} y={0} width={step} height={height} className="fill-transparent group-hover:fill-(--hover)" />
      <rect x={x + (step - wide) / 2} y={height - read} width={wide} height={read} className="fill-accent/45" />
      <rect
        x={x + (step - wide) / 2}
        y={height - read - written}
        width={wide}
        height={written}
        className="fill-accent"
      />
    </g>
  )
}

const Key = ({ className, children }: { readonly className: string; readonly children: string }): ReactElement => (
  <span className="flex items-center gap-1.5">
    <span className={`size-2.5 rounded-xs ${className}`} />
    {children}
  </span>
)

/** Tokens by day. The table below says the same in numbers. */
export const UsageChart = ({ days }: UsageChartProps): ReactElement => {
  const t = useTranslations('admin')
  const format = useFormatter()
  const end = scaleEnd(Math.max(0, ...days.map(({ sum }) => tokensOf(sum))))
  const step = width / Math.max(1, days.length)
  const marks = [end, end / 2, 0]
  const dayText = (id: string | undefined): string =>
    id ? format.dateTime(new Date(id), { month: 'short', day: 'numeric', timeZone: 'UTC' }) : ''
  return (
    <figure className="rounded-xl border border-line p-5">
      <figcaption className="mb-4 flex flex-wrap items-center justify-between gap-x-6 gap-y-1">
        <span className="text-side font-medium">{t('chartTitle')}</span>
        <span className="flex gap-4 text-fine text-quiet">
          <Key className="bg-accent/45">{t('tokensIn')}</Key>
          <Key className="bg-accent">{t('tokensOut')}</Key>
        </span>
      </figcaption>
      <div className="flex gap-3">
        <div
          aria-hidden="true"
          className="flex h-[180px] flex-col justify-between text-end text-fine text-quiet tabular-nums"
        >
          {marks.map((mark) => (
            <span key={mark} className="-my-2">
              {format.number(mark, { notation: 'compact' })}
            </span>
          ))}
        </div>
        <svg
          viewBox={`0 0 ${width} ${height}`}
          preserveAspectRatio="none"
          className="h-[180px] min-w-0 flex-1"
          role="img"
          aria-label={t('chartTitle')}
        >
          {[0.5, height / 2, height - 0.5].map((y) => (
            <line key={y} x1={0} x2={width} y1={y} y2={y} className="stroke-line" vectorEffect="non-scaling-stroke" />
          ))}
          {days.map((share, place) => (
            <Bar key={share.id} share={share} x={place * step} step={step} end={end} />
          ))}
        </svg>
      </div>
      <div aria-hidden="true" className="mt-2 flex justify-between ps-10 text-fine text-quiet tabular-nums">
        <span>{dayText(days[0]?.id)}</span>
        <span>{dayText(days[Math.floor(days.length / 2)]?.id)}</span>
        <span>{dayText(days.at(-1)?.id)}</span>
      </div>
    </figure>
  )
}
