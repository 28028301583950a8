import type { Session } from '@parley/client'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../parts/button.tsx'
import { Field } from '../parts/field.tsx'
import { useFailureWords } from './failure-words.ts'
import type { EntryFormProps } from './guest-form.tsx'
import { postForSession } from './post-for-session.ts'
import { useSubmit } from './use-submit.ts'

interface LinkFormProps extends EntryFormProps {
  readonly kind: 'first-owner' | 'password'
}

const secretOf = (hash: string): string => decodeURIComponent(hash.replace(/^#/, ''))

/** What a one-time link is for: the first owner's account, or a new password. Its secret stands after the `#`. */
export const LinkForm = ({ config, kind, enter }: LinkFormProps): ReactElement => {
  const t = useTranslations('signIn')
  const words = useFailureWords()
  const [name, setName] = useState('')
  const [password, setPassword] = useState('')
  const { isBusy, error, run } = useSubmit()
  const secret = secretOf(location.hash)
  const isClaim = kind === 'first-owner'
  const submit = async (): Promise<void> => {
    const session: Session = isClaim
      ? await postForSession(config, '/first-owner', { secret, name, password })
      : await postForSession(config, '/password-links', { secret, password })
    enter(session)
  }
  const special = {
    unauthorized: 'linkUsed',
    forbidden: 'linkUsed',
    not_found: 'linkUsed',
    conflict: 'linkUsed',
  } as const
  if (secret === '') return <p className="text-body">{t('linkIncomplete')}</p>
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        run(submit)
      }}
    >
      <h2 className="text-title font-semibold">{t(isClaim ? 'claimTitle' : 'passwordTitle')}</h2>
      <p className="mt-1 mb-5 text-control text-quiet">{t(isClaim ? 'claimText' : 'passwordText')}</p>
      {isClaim && (
        <Field
          label={t('yourName')}
          placeholder={t('namePlaceholder')}
          className="mb-4"
          value={name}
          onChange={(event) => setName(event.target.value)}
          autoComplete="username"
          autoFocus
          required
        />
      )}
      <Field
        label={t(isClaim ? 'password' : 'newPassword')}
        type="password"
        hint={t('passwordHint')}
        error={error === undefined ? undefined : words(error, special)}
        value={password}
        onChange={(event) => setPassword(event.target.value)}
        minLength={8}
        maxLength={256}
        autoComplete="new-password"
        required
      />
      <Button type="submit" look="main" disabled={isBusy} className="mt-5 h-10 w-full">
        {t(isClaim ? 'claim' : 'setPassword')}
      </Button>
    </form>
  )
}
