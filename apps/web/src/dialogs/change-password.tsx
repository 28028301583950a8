import { useClient } from '@parley/client/react'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../parts/button.tsx'
import { Dialog, DialogFoot } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { useFailureWords } from '../session/failure-words.ts'
import { useSubmit } from '../session/use-submit.ts'
import type { DialogPageProps } from './dialogs.tsx'

/** Changes one's own password. */
const ChangePassword = ({ close }: DialogPageProps): ReactElement => {
  const t = useTranslations('dialog')
  const entry = useTranslations('signIn')
  const words = useFailureWords()
  const client = useClient()
  const [current, setCurrent] = useState('')
  const [password, setPassword] = useState('')
  const [isDone, setDone] = useState(false)
  const { isBusy, error, run } = useSubmit()
  const special = { unauthorized: 'wrongPassword', forbidden: 'wrongPassword', bad_request: 'badPassword' } as const
  if (isDone) {
    return (
      <Dialog title={t('passwordTitle')} isOpen close={close}>
        <p role="status">{t('passwordChanged')}</p>
      </Dialog>
    )
  }
  return (
    <Dialog title={t('passwordTitle')} isOpen close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          run(async () => {
            await client.call('POST /api/password', { body: { current, password } })
            setDone(true)
          })
        }}
      >
        <Field
          label={t('currentPassword')}
          type="password"
          autoComplete="current-password"
          value={current}
          onChange={(event) => setCurrent(event.target.value)}
          required
          autoFocus
        />
        <Field
          label={entry('newPassword')}
          className="mt-4"
          type="password"
          autoComplete="new-password"
          hint={entry('passwordHint')}
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          minLength={8}
          maxLength={256}
          required
          error={error === undefined ? undefined : words(error, special)}
        />
        <DialogFoot>
          <Button type="submit" look="main" disabled={isBusy}>
            {t('changePassword')}
          </Button>
          <Button onClick={close}>{t('cancel')}</Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

export default ChangePassword
