import { useClient } from '@parley/client/react'
import { type ReactElement, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Choice } from '../../parts/choice.tsx'
import { inputLook } from '../../parts/field.tsx'
import { FormDialog } from '../../parts/form-dialog.tsx'
import { GrowingInput } from '../../parts/growing-input.tsx'
import { NameField } from '../../people/name-field.tsx'
import { useSubmit } from '../../session/use-submit.ts'
import type { Secret } from '../secret-dialog.tsx'
import type { Bot } from './bots.tsx'

interface BotFormProps {
  /** Undefined: a new one is made. */
  readonly bot: Bot | undefined
  readonly models: readonly string[]
  readonly close: () => void
  readonly changed: () => void
  readonly tell: (secret: Secret) => void
}

const runs = ['here', 'outside'] as const
type Runs = (typeof runs)[number]

/** What a bot is called, and how it speaks. One that runs outside is given a token as soon as it is made. */
export const BotForm = ({ bot, models, close, changed, tell }: BotFormProps): ReactElement => {
  const t = useTranslations('admin')
  const client = useClient()
  const id = useId()
  const [name, setName] = useState(bot?.name ?? '')
  const [where, setWhere] = useState<Runs>(bot?.runs === 'outside' ? 'outside' : 'here')
  const [model, setModel] = useState<string>(bot?.model ?? '')
  const [instructions, setInstructions] = useState(bot?.instructions ?? '')
  const { isBusy, error, run } = useSubmit()
  const isHere = where === 'here'

  const change = async (of: Bot): Promise<void> => {
    const how = isHere && { model: model || null, instructions: instructions.trim() || null }
    const body = { ...(name.trim() !== of.name && { name }), ...how }
    await client.call('PATCH /api/bots/{user}', { params: { user: of.id }, body })
  }
  const make = async (): Promise<void> => {
    const how = isHere && { ...(model && { model }), ...(instructions.trim() && { instructions }) }
    const { bot: made } = await client.call('POST /api/bots', { body: { name, runs: where, ...how } })
    if (isHere) return
    const { token, expiresAt } = await client.call('POST /api/bots/{user}/tokens', { params: { user: made.id } })
    tell({ title: t('tokenTitle', { name: made.name }), text: t('tokenText'), value: token, expiresAt })
  }
  const submit = async (): Promise<void> => {
    await (bot ? change(bot) : make())
    changed()
    close()
  }
  return (
    <FormDialog
      title={bot ? t('editBot', { name: bot.name }) : t('addBot')}
      action={t(bot ? 'save' : 'add')}
      mayAct={!isBusy && name.trim() !== ''}
      act={() => run(submit)}
      close={close}
    >
      <NameField name={name} setName={setName} error={error} />
      {!bot && (
        <Choice
          label={t('runs')}
          value={where}
          options={runs.map((value) => ({ value, label: t(`runs_${value}`) }))}
          choose={(value) => setWhere(runs.find((known) => known === value) ?? 'here')}
        />
      )}
      {isHere && models.length > 0 && (
        <Choice
          label={t('model')}
          value={model}
          options={[{ value: '', label: t('modelDefault') }, ...models.map((value) => ({ value, label: value }))]}
          choose={setModel}
        />
      )}
      {isHere && (
        <div>
          <label htmlFor={id} className="mb-1.5 block text-side font-medium">
            {t('instructions')}
          </label>
          <GrowingInput
            id={id}
            label={t('instructions')}
            placeholder={t('instructionsHint')}
            value={instructions}
            setValue={setInstructions}
            maxLength={4_000}
            className={`${inputLook} min-h-20 py-2`}
          />
        </div>
      )}
    </FormDialog>
  )
}
