import { useClient } from '@parley/client/react'
import { type ReactElement, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../parts/button.tsx'
import { Choice } from '../../parts/choice.tsx'
import { Dialog, DialogFoot } from '../../parts/dialog.tsx'
import { Field, inputLook } from '../../parts/field.tsx'
import { GrowingInput } from '../../parts/growing-input.tsx'
import { useFailureWords } from '../../session/failure-words.ts'
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
  const words = useFailureWords()
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
    <Dialog title={bot ? t('editBot', { name: bot.name }) : t('addBot')} isOpen close={close}>
      <form
        className="flex flex-col gap-4"
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
        <DialogFoot>
          <Button type="submit" look="main" disabled={isBusy || name.trim() === ''}>
            {t(bot ? 'save' : 'add')}
          </Button>
          <Button onClick={close}>{t('cancel')}</Button>
        </DialogFoot>
      </form>
    </Dialog>
  )
}
