import type { ReactElement, ReactNode } from 'react'
import { useTranslations } from 'use-intl'
import { Link } from '../router/link.tsx'

interface NoticeProps {
  readonly title: string
  readonly text: string
  /** A way on; left out: to the rooms. */
  readonly children?: ReactNode
}

/** A page on which there is nothing to see but why, and a way on. */
export const Notice = ({ title, text, children }: NoticeProps): ReactElement => {
  const t = useTranslations('room')
  return (
    <div className="flex h-full flex-col items-center justify-center gap-2 p-8 text-center">
      <h1 className="text-title font-semibold text-balance">{title}</h1>
      <p className="max-w-[420px] text-balance text-quiet">{text}</p>
      <div className="mt-4">
        {children ?? (
          <Link
            to={{ at: 'home' }}
            className="rounded-lg px-3 py-2 text-control font-medium text-accent hover:bg-hover"
          >
            {t('toRooms')}
          </Link>
        )}
      </div>
    </div>
  )
}
