import type { Account } from '@parley/client'
import { useClient, useMe } from '@parley/client/react'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../parts/button.tsx'
import { Choice } from '../../parts/choice.tsx'
import { Dialog, DialogFoot } from '../../parts/dialog.tsx'
import { Field } from '../../parts/field.tsx'
import { useFailureWords } from '../../session/failure-words.ts'
import { useSubmit } from '../../session/use-submit.ts'
import type { Secret } from '../secret-dialog.tsx'
import { passwordLink, unknownPassword } from './password-link.ts'
import { type Role, roles } from './roles.ts'

interface AddPersonProps {
  readonly close: () => void
  readonly put: (account: Account) => void
  readonly tell: (secret: Secret) => void
}

/** Makes an account, and a link by which its owner chooses the password. */
export const AddPerson = ({ close, put, tell }: AddPersonProps): ReactElement => {
  const t = useTranslations('admin')
  const words = useFailureWords()
  const client = useClient()
  const isOwner = useMe()?.role === 'owner'
  const [name, setName] = useState('')
  const [role, setRole] = useState<Role>('member')
  const { isBusy, error, run } = useSubmit()
  const submit = async (): Promise<void> => {
    const body = { name, role, password: unknownPassword() }
    const { account } = await client.call('POST /api/accounts', { body })
    put(account)
    close()
    const { link, expiresAt } = await passwordLink(client, account.id)
    tell({ title: t('linkTitle', { name: account.name }), text: t('linkText'), value: link, expiresAt })
  }
  return (
    <Dialog title={t('addPerson')} text={t('addPersonText')} isOpen close={close}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          run(submit)
        }}
      >
        <Field
          label={t('name')}
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={80}
          required
          autoFocus
          autoComplete="off"
          error={error === undefined ? undefined : words(error, { conflict: 'nameTaken', bad_request: 'badName' })}
        />
        {isOwner && (
          <div className="mt-4">
            <Choice
              label={t('role')}
              value={role}
              options={roles.map((value) => ({ value, label: t(`role_${value}`) }))}
              choose={(value) => setRole(roles.find((known) => known === value) ?? 'member')}
            />
          </div>
        )}
        <DialogFoot>
          <Button type="submit" look="main" disabled={isBusy || name.trim() === ''}>
            {t('add')}
          </Button>
          <Button onClick={close}>{t('cancel')}</Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
