import { isParleyError } from '@parley/client'
import { useClient } from '@parley/client/react'
import { GlobeIcon, LockClosedIcon } from '@radix-ui/react-icons'
import { RadioGroup } from 'radix-ui'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Field } from '../parts/field.tsx'
import { FormDialog } from '../parts/form-dialog.tsx'
import { go } from '../router/router.ts'
import { useFailureWords } from '../session/failure-words.ts'
import { useSubmit } from '../session/use-submit.ts'
import type { DialogPageProps } from './dialogs.tsx'
import { roomAddress } from './room-address.ts'

type Kind = 'public' | 'private'
const kinds = [
  { kind: 'public', icon: <GlobeIcon />, text: 'publicText' },
  { kind: 'private', icon: <LockClosedIcon />, text: 'privateText' },
] as const

const fourSigns = (): string => Math.random().toString(36).slice(2, 6)

/** Makes a room, and goes there. */
const CreateRoom = ({ close }: DialogPageProps): ReactElement => {
  const t = useTranslations('create')
  const words = useFailureWords()
  const client = useClient()
  const [name, setName] = useState('')
  const [kind, setKind] = useState<Kind>('public')
  const [chance] = useState(fourSigns)
  const { isBusy, error, run } = useSubmit()
  const isTaken = isParleyError(error) && error.code === 'conflict'
  const address = roomAddress(name, () => chance)
  const submit = async (): Promise<void> => {
    await client.create(address, { kind, name: name.trim() })
    close()
    go({ at: 'room', room: address })
  }
  return (
    <FormDialog
      title={t('title')}
      action={t('create')}
      mayAct={!isBusy && name.trim() !== ''}
      act={() => run(submit)}
      close={close}
    >
      <Field
        label={t('name')}
        placeholder={t('namePlaceholder')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        maxLength={80}
        required
        autoFocus
        hint={name.trim() === '' ? undefined : t('address', { address: `/r/${address}` })}
        error={isTaken ? t('taken') : error === undefined ? undefined : words(error)}
      />
      <RadioGroup.Root
        aria-label={t('visibility')}
        value={kind}
        onValueChange={(value) => setKind(value as Kind)}
        className="grid gap-2"
      >
        {kinds.map(({ kind: value, icon, text }) => (
          <RadioGroup.Item
            key={value}
            value={value}
            className="flex items-start gap-3 rounded-xl border border-line p-3 text-start hover:bg-hover data-[state=checked]:border-accent data-[state=checked]:bg-accent-ground"
          >
            <span className="mt-1 text-quiet">{icon}</span>
            <span>
              <span className="block text-control font-medium">{t(value)}</span>
              <span className="block text-side text-quiet">{t(text)}</span>
            </span>
          </RadioGroup.Item>
        ))}
      </RadioGroup.Root>
    </FormDialog>
  )
}

export default CreateRoom
