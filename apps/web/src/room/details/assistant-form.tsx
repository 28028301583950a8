import { useClient } from '@parley/client/react'
import type { EndpointResponse } from '@parley/protocol'
import { type ReactElement, useId, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../parts/button.tsx'
import { Choice } from '../../parts/choice.tsx'
import { Field, inputLook } from '../../parts/field.tsx'
import { GrowingInput } from '../../parts/growing-input.tsx'
import { useFailureWords } from '../../session/failure-words.ts'
import { useSubmit } from '../../session/use-submit.ts'

type Settings = EndpointResponse<'GET /api/rooms/{room}/bot'>

export interface AssistantFormProps {
  readonly room: string
  readonly bot: Settings['bot']
  readonly models: Settings['models']
}

const speaks = ['off', 'mentioned', 'replied', 'always'] as const
const asks = ['everybody', 'members', 'admins'] as const
const stops = ['asker', 'everybody'] as const

const pick = <T extends string>(known: readonly T[], value: string): T =>
  known.find((one) => one === value) ?? (known[0] as T)
const numberOf = (text: string): number | null => (text.trim() === '' ? null : Number(text))

/** The settings of a room's assistant. What is left empty is as the server has it. */
export const AssistantForm = ({ room, bot, models }: AssistantFormProps): ReactElement => {
  const t = useTranslations('assistant')
  const words = useFailureWords()
  const client = useClient()
  const instructionsId = useId()
  const [now, setNow] = useState(bot)
  const [instructions, setInstructions] = useState(bot.instructions ?? '')
  const [temperature, setTemperature] = useState(String(bot.temperature ?? ''))
  const [maxTokens, setMaxTokens] = useState(String(bot.maxTokens ?? ''))
  const [isSaved, setSaved] = useState(false)
  const { isBusy, error, run } = useSubmit()
  const change = (next: Partial<Settings['bot']>): void => {
    setNow({ ...now, ...next })
    setSaved(false)
  }
  const save = async (): Promise<void> => {
    await client.set(room, {
      bot: {
        speaks: now.speaks,
        asks: now.asks,
        stops: now.stops,
        model: now.model ?? null,
        instructions: instructions.trim() === '' ? null : instructions,
        temperature: numberOf(temperature),
        maxTokens: numberOf(maxTokens),
      },
    })
    setSaved(true)
  }
  return (
    <form
      className="flex flex-col gap-4 px-3 pt-2 pb-3"
      onChange={() => setSaved(false)}
      onSubmit={(event) => {
        event.preventDefault()
        run(save)
      }}
    >
      <Choice
        label={t('speaks')}
        value={now.speaks}
        options={speaks.map((value) => ({ value, label: t(`speaks_${value}`) }))}
        choose={(value) => change({ speaks: pick(speaks, value) })}
      />
      <Choice
        label={t('asks')}
        value={now.asks}
        options={asks.map((value) => ({ value, label: t(`asks_${value}`) }))}
        choose={(value) => change({ asks: pick(asks, value) })}
      />
      <Choice
        label={t('stops')}
        value={now.stops}
        options={stops.map((value) => ({ value, label: t(`stops_${value}`) }))}
        choose={(value) => change({ stops: pick(stops, value) })}
      />
      {models.length > 0 && (
        <Choice
          label={t('model')}
          value={now.model ?? ''}
          options={[{ value: '', label: t('modelDefault') }, ...models.map((value) => ({ value, label: value }))]}
          choose={(value) =>
            setNow(({ model: _, ...rest }) => ({
              ...rest,
              ...(value !== '' && { model: models.find((one) => one === value) }),
            }))
          }
        />
      )}
      <div>
        <label htmlFor={instructionsId} className="mb-1.5 block text-side font-medium">
          {t('instructions')}
        </label>
        <GrowingInput
          id={instructionsId}
          label={t('instructions')}
          placeholder={t('instructionsHint')}
          value={instructions}
          setValue={setInstructions}
          className={`${inputLook} min-h-16 py-2`}
        />
      </div>
      <div className="grid grid-cols-2 items-end gap-3">
        <Field
          label={t('temperature')}
          type="number"
          min={0}
          max={2}
          step={0.1}
          placeholder={t('usual')}
          value={temperature}
          onChange={(event) => setTemperature(event.target.value)}
        />
        <Field
          label={t('maxTokens')}
          type="number"
          min={1}
          placeholder={t('usual')}
          value={maxTokens}
          onChange={(event) => setMaxTokens(event.target.value)}
        />
      </div>
      <div className="flex items-center gap-3">
        <Button type="submit" look="main" disabled={isBusy}>
          {t('save')}
        </Button>
        <span role="status" className="text-side text-quiet">
          {error === undefined ? isSaved && t('saved') : words(error)}
        </span>
      </div>
    </form>
  )
}
