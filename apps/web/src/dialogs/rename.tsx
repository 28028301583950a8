import { useClient, useMe } from '@parley/client/react'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { FormDialog } from '../parts/form-dialog.tsx'
import { NameField } from '../people/name-field.tsx'
import { useSubmit } from '../session/use-submit.ts'
import type { DialogPageProps } from './dialogs.tsx'

/** Changes one's own name. */
const Rename = ({ close }: DialogPageProps): ReactElement => {
  const t = useTranslations('dialog')
  const label = useTranslations('signIn')('yourName')
  const client = useClient()
  const me = useMe()
  const [name, setName] = useState(me?.name ?? '')
  const { isBusy, error, run } = useSubmit()
  const submit = async (): Promise<void> => {
    await client.rename(name)
    close()
  }
  return (
    <FormDialog
      title={t('renameTitle')}
      text={t('renameText')}
      action={t('rename')}
      mayAct={!isBusy && name.trim() !== '' && name !== me?.name}
      act={() => run(submit)}
      close={close}
    >
      <NameField label={label} name={name} setName={setName} error={error} />
    </FormDialog>
  )
}

export default Rename
