import { useClient, useMe } from '@parley/client/react'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../parts/button.tsx'
import { Dialog, DialogFoot } from '../parts/dialog.tsx'
import { Field } from '../parts/field.tsx'
import { useFailureWords } from '../session/failure-words.ts'
import { useSubmit } from '../session/use-submit.ts'
import type { DialogPageProps } from './dialogs.tsx'

/** Changes one's own name. */
const Rename = ({ close }: DialogPageProps): ReactElement => {
  const t = useTranslations('dialog')
  const label = useTranslations('signIn')('yourName')
  const words = useFailureWords()
  const client = useClient()
  const me = useMe()
  const [name, setName] = useState(me?.name ?? '')
  const { isBusy, error, run } = useSubmit()
  const special = { conflict: 'nameTaken', bad_request: 'badName' } as const
  return (
    <Dialog title={t('renameTitle')} text={t('renameText')} isOpen close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          run(async () => {
            await client.rename(name)
            close()
          })
        }}
      >
        <Field
          label={label}
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={80}
          required
          autoFocus
          error={error === undefined ? undefined : words(error, special)}
        />
        <DialogFoot>
          <Button type="submit" look="main" disabled={isBusy || name.trim() === '' || name === me?.name}>
            {t('rename')}
          </Button>
          <Button onClick={close}>{t('cancel')}</Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}

export default Rename
