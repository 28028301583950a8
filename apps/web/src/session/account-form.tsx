import { signIn } from '@parley/client'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { useFailureWords } from './failure-words.ts'
import type { EntryFormProps } from './guest-form.tsx'
import { useSubmit } from './use-submit.ts'

/** Name and password. */
export const AccountForm = ({ config, enter }: EntryFormProps): ReactElement => {
  const t = useTranslations('signIn')
  const words = useFailureWords()
  const [username, setUsername] = useState('')
  const [password, setPassword] = useState('')
  const { isBusy, error, run } = useSubmit()
  const special = { unauthorized: 'wrongPassword', bad_request: 'wrongPassword' } as const
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        run(async () => enter(await signIn(config, { username, password })))
      }}
    >
      <Field
        label={t('username')}
        value={username}
        onChange={(event) => setUsername(event.target.value)}
        autoComplete="username"
        autoCapitalize="none"
        autoFocus
        required
      />
      <Field
        label={t('password')}
        className="mt-4"
        type="password"
        error={error === undefined ? undefined : words(error, special)}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        autoComplete="current-password"
        required
      />
      <Button type="submit" look="main" disabled={isBusy} className="mt-6 h-10 w-full">
        {t('signIn')}
      </Button>
    </form>
  )
}
