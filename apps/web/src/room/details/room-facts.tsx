import type { RoomState } from '@parley/client'
import { useClient } from '@parley/client/react'
import { Pencil1Icon } from '@radix-ui/react-icons'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../parts/button.tsx'
import { Field } from '../../parts/field.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { useFailureWords } from '../../session/failure-words.ts'
import { useSubmit } from '../../session/use-submit.ts'
import { useRoomContext } from '../room-context.ts'

interface RoomFactsProps {
  readonly facts: RoomState['facts']
}

const FactsForm = ({ facts, close }: RoomFactsProps & { readonly close: () => void }): ReactElement => {
  const t = useTranslations('details')
  const words = useFailureWords()
  const client = useClient()
  const [name, setName] = useState(facts.name)
  const [topic, setTopic] = useState(facts.topic)
  const { isBusy, error, run } = useSubmit()
  return (
    <form
      className="flex flex-col gap-4 px-3"
      onSubmit={(event) => {
        event.preventDefault()
        run(async () => {
          await client.set(facts.id, { name, topic })
          close()
        })
      }}
    >
      <Field
        label={t('name')}
        value={name}
        onChange={(event) => setName(event.target.value)}
        maxLength={80}
        required
        autoFocus
      />
      <Field
        label={t('topic')}
        value={topic}
        onChange={(event) => setTopic(event.target.value)}
        maxLength={250}
        error={error === undefined ? undefined : words(error)}
      />
      <div className="flex gap-2">
        <Button type="submit" look="main" disabled={isBusy || name.trim() === ''}>
          {t('save')}
        </Button>
        <Button look="quiet" onClick={close}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}

/** Name and topic of a room, which its admins may change. */
export const RoomFacts = ({ facts }: RoomFactsProps): ReactElement => {
  const t = useTranslations('details')
  const { mayModerate } = useRoomContext()
  const [isEditing, setEditing] = useState(false)
  if (isEditing) return <FactsForm facts={facts} close={() => setEditing(false)} />
  return (
    <div className="flex items-start gap-2 px-3">
      <div className="min-w-0 flex-1">
        <p dir="auto" className="text-title font-semibold break-words">
          {facts.name || facts.id}
        </p>
        <p dir="auto" className="mt-1 text-control break-words text-quiet">
          {facts.topic || t('noTopic')}
        </p>
      </div>
      {mayModerate && (
        <IconButton label={t('edit')} size="small" onClick={() => setEditing(true)}>
          <Pencil1Icon />
        </IconButton>
      )}
    </div>
  )
}
