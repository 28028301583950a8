import { asGuest, type Session } from '@parley/client'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import type { Config } from './config.ts'
import { useFailureWords } from './failure-words.ts'
import { useSubmit } from './use-submit.ts'

export interface EntryFormProps {
  readonly config: Config
  readonly enter: (session: Session) => void
}

/** A name, and one is in. */
export const GuestForm = ({ config, enter }: EntryFormProps): ReactElement => {
  const t = useTranslations('signIn')
  const words = useFailureWords()
  const [name, setName] = useState('')
  const { isBusy, error, run } = useSubmit()
  const special = { conflict: 'nameTaken', forbidden: 'noGuests', bad_request: 'badName' } as const
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        run(async () => enter(await asGuest(config, name)))
      }}
    >
      <Field
        label={t('yourName')}
        hint={t('guestHint')}
        placeholder={t('namePlaceholder')}
        error={error === undefined ? undefined : words(error, special)}
        value={name}
        onChange={(event) => setName(event.target.value)}
        maxLength={80}
        autoComplete="nickname"
        autoFocus
        required
      />
      <Button type="submit" look="main" disabled={isBusy || name.trim() === ''} className="mt-5 h-10 w-full">
        {t('joinAsGuest')}
      </Button>
    </form>
  )
}
