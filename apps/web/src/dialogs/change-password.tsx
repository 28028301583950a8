import { useClient } from '@parley/client/react'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Dialog } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { FormDialog } from '../parts/form-dialog.tsx'
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
  const submit = async (): Promise<void> => {
    await client.call('POST /api/password', { body: { current, password } })
    setDone(true)
  }
  if (isDone) {
    return (
      <Dialog title={t('passwordTitle')} isOpen close={close}>
        <p role="status">{t('passwordChanged')}</p>
      </Dialog>
    )
  }
  return (
    <FormDialog
      title={t('passwordTitle')}
      action={t('changePassword')}
      mayAct={!isBusy}
      act={() => run(submit)}
      close={close}
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
    </FormDialog>
  )
}

export default ChangePassword
