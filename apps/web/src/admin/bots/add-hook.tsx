import { useClient, useRooms } from '@parley/client/react'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../parts/button.tsx'
import { Choice } from '../../parts/choice.tsx'
import { Dialog, DialogFoot } from '../../parts/dialog.tsx'
import { Field } from '../../parts/field.tsx'
import { useRoomTitle } from '../../people/use-room-title.ts'
import { loadConfig } from '../../session/config.ts'
import { useFailureWords } from '../../session/failure-words.ts'
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
  const words = useFailureWords()
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
    <Dialog title={t('addHook')} text={t('addHookText')} isOpen close={close}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault()
          run(submit)
        }}
      >
        <Field
          label={t('name')}
          placeholder={t('hookPlaceholder')}
          value={name}
          onChange={(event) => setName(event.target.value)}
          maxLength={80}
          required
          autoFocus
          autoComplete="off"
          error={error === undefined ? undefined : words(error, { conflict: 'nameTaken', bad_request: 'badName' })}
        />
        <Choice
          label={t('room')}
          value={room}
          options={rooms.map(({ facts }) => ({ value: facts.id, label: titleOf(facts) }))}
          choose={setRoom}
        />
        <DialogFoot>
          <Button type="submit" look="main" disabled={isBusy || name.trim() === '' || room === ''}>
            {t('add')}
          </Button>
          <Button onClick={close}>{t('cancel')}</Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
