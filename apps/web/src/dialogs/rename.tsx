import { useClient, useMe } from '@parley/client/react'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Field } from '../parts/field.tsx'
import { FormDialog } from '../parts/form-dialog.tsx'
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
  const submit = async (): Promise<void> => {
    await client.rename(name)
    close()
  }
  const special = { conflict: 'nameTaken', bad_request: 'badName' } as const
  return (
    <FormDialog
      title={t('renameTitle')}
      text={t('renameText')}
      action={t('rename')}
      mayAct={!isBusy && name.trim() !== '' && name !== me?.name}
      act={() => run(submit)}
      close={close}
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
    </FormDialog>
  )
}

export default Rename
