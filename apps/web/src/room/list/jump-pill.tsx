import { ArrowDownIcon } from '@radix-ui/react-icons'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'

/** The way back to the end, for who reads further up: says how much is new there. */
export const JumpPill = ({ unread, jump }: { readonly unread: number; readonly jump: () => void }): ReactElement => {
  const t = useTranslations('room')
  return (
    <div className="pointer-events-none absolute inset-x-0 bottom-3 flex justify-center">
      <button
        type="button"
        onClick={jump}
        className="rising pointer-events-auto inline-flex h-9 items-center gap-2 rounded-full bg-raised px-4 text-side font-medium shadow-float hover:text-accent"
      >
        <ArrowDownIcon />
        {unread > 0 ? t('newCount', { count: unread }) : t('toLatest')}
      </button>
    </div>
  )
}
