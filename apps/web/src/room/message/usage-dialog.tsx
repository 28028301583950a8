import type { Message } from '@parley/client'
import { useClient } from '@parley/client/react'
import { type ReactElement, useEffect, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { Dialog } from '../../parts/dialog.tsx'
import { useFailureWords } from '../../session/failure-words.ts'

interface UsageDialogProps {
  readonly message: Message
  readonly close: () => void
}

/** What a reply has used, of each of its variants: for admins of the server. */
export const UsageDialog = ({ message, close }: UsageDialogProps): ReactElement => {
  const t = useTranslations('assistant')
  const format = useFormatter()
  const words = useFailureWords()
  const client = useClient()
  const load = () =>
    client.call('GET /api/rooms/{room}/messages/{message}/usage', {
      params: { room: message.room, message: message.id },
    })
  const [usage, setUsage] = useState<Awaited<ReturnType<typeof load>>['usage']>()
  const [error, setError] = useState<unknown>()
  // biome-ignore lint/correctness/useExhaustiveDependencies: asked once, when it is opened
  useEffect(() => {
    load().then((answer) => setUsage(answer.usage), setError)
  }, [])
  return (
    <Dialog title={t('usage')} isOpen close={close}>
      {error !== undefined && <p className="text-side text-danger">{words(error)}</p>}
      {usage?.length === 0 && <p className="text-quiet">{t('usageNone')}</p>}
      <ul className="flex flex-col gap-3">
        {usage?.map(({ model, at, tokensIn, tokensOut, cost, estimated }) => (
          <li key={at} className="flex items-baseline gap-4">
            <div className="min-w-0 flex-1">
              <p className="truncate text-control font-medium">{model}</p>
              <p className="text-side text-quiet tabular-nums">{t('usageTokens', { tokensIn, tokensOut })}</p>
              {estimated && <p className="text-fine text-quiet">{t('usageEstimated')}</p>}
            </div>
            {cost !== null && (
              <span className="text-control tabular-nums">
                {format.number(cost, { style: 'currency', currency: 'USD', maximumFractionDigits: 4 })}
              </span>
            )}
          </li>
        ))}
      </ul>
    </Dialog>
  )
}
