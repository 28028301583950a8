import { useClient, useMe } from '@parley/client/react'
import { limits } from '@parley/protocol/limits'
import { SpeakerLoudIcon } from '@radix-ui/react-icons'
import { type ReactElement, useId, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { Button } from '../../parts/button.tsx'
import { inputLook } from '../../parts/field.tsx'
import { useFailureWords } from '../../session/failure-words.ts'
import { useSubmit } from '../../session/use-submit.ts'
import { Pane } from '../pane.tsx'

/** Says something to everybody who is connected. What it will look like stands below. */
export const BroadcastPage = (): ReactElement => {
  const t = useTranslations('admin')
  const title = useTranslations('broadcast')
  const format = useFormatter()
  const words = useFailureWords()
  const client = useClient()
  const me = useMe()
  const id = useId()
  const [text, setText] = useState('')
  const [sentAt, setSentAt] = useState<string>()
  const { isBusy, error, run } = useSubmit()
  const send = async (): Promise<void> => {
    const { broadcast } = await client.call('POST /api/broadcasts', { body: { text: text.trim() } })
    setSentAt(broadcast.at)
    setText('')
  }
  const said = (): string | undefined => {
    if (error !== undefined) return words(error)
    return sentAt && t('broadcastSent', { time: format.dateTime(new Date(sentAt), { timeStyle: 'short' }) })
  }
  return (
    <Pane title={t('page_broadcast')} text={t('broadcastText')}>
      <form
        className="rounded-xl border border-line p-5"
        onSubmit={(event) => {
          event.preventDefault()
          run(send)
        }}
      >
        <label htmlFor={id} className="mb-1.5 block text-side font-medium">
          {t('broadcastLabel')}
        </label>
        <textarea
          id={id}
          dir="auto"
          rows={4}
          value={text}
          maxLength={limits.textUnits}
          placeholder={t('broadcastPlaceholder')}
          onChange={(event) => {
            setText(event.target.value)
            setSentAt(undefined)
          }}
          className={`${inputLook} block min-h-24 resize-y py-2 text-body`}
        />
        <div className="mt-4 flex flex-wrap items-center gap-4">
          <Button type="submit" look="main" disabled={isBusy || text.trim() === ''}>
            {t('broadcastSend')}
          </Button>
          <p role="status" className={`text-side ${error === undefined ? 'text-quiet' : 'text-danger'}`}>
            {said()}
          </p>
        </div>
      </form>
      {text.trim() !== '' && (
        <div className="mt-8">
          <p className="mb-3 text-side text-quiet">{t('broadcastPreview')}</p>
          <div className="flex justify-center rounded-xl bg-sunken p-6">
            <div className="flex w-full max-w-[520px] items-start gap-3 rounded-xl bg-raised px-4 py-3 shadow-float">
              <SpeakerLoudIcon className="mt-1 shrink-0 text-accent" />
              <div className="min-w-0 flex-1">
                <p className="text-side font-medium text-quiet">{title('title', { name: me?.name ?? '' })}</p>
                <p dir="auto" className="text-body break-words whitespace-pre-wrap">
                  {text.trim()}
                </p>
              </div>
            </div>
          </div>
        </div>
      )}
    </Pane>
  )
}
