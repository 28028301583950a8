import { useClient, useRooms } from '@parley/client/react'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Choice } from '../../parts/choice.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { NameField } from '../../people/name-field.tsx'
import { useRoomTitle } from '../../people/use-room-title.ts'
import { loadConfig } from '../../session/config.ts'
import { useSubmit } from '../../session/use-submit.ts'
import type { Secret } from '../secret-dialog.tsx'

interface AddHookProps {
  readonly close: () => void
  readonly changed: () => void
  readonly tell: (secret: Secret) => void
}

/** Makes an address for a room that one is in. */
export const AddHook = ({ close, changed, tell }: AddHookProps): ReactElement => {
  const t = useTranslations('admin')
  const client = useClient()
  const titleOf = useRoomTitle()
  const rooms = useRooms().filter(({ facts }) => facts.kind !== 'direct')
  const [name, setName] = useState('')
  const [room, setRoom] = useState<string>(rooms[0]?.facts.id ?? '')
  const { isBusy, error, run } = useSubmit()
  const submit = async (): Promise<void> => {
    const [{ hook, secret }, { api }] = await Promise.all([
      client.call('POST /api/hooks', { body: { name, room } }),
      loadConfig(),
    ])
    changed()
    close()
    tell({ title: t('hookTitle', { name: hook.name }), text: t('hookText'), value: `${api}/hooks/${secret}` })
  }
  return (
    <FormDialog
      title={t('addHook')}
      text={t('addHookText')}
      action={t('add')}
      mayAct={!isBusy && name.trim() !== '' && room !== ''}
      act={() => run(submit)}
      close={close}
    >
      <NameField name={name} setName={setName} placeholder={t('hookPlaceholder')} error={error} />
      <Choice
        label={t('room')}
        value={room}
        options={rooms.map(({ facts }) => ({ value: facts.id, label: titleOf(facts) }))}
        choose={setRoom}
      />
    </FormDialog>
  )
}
