import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { Choice } from '../parts/choice.tsx'
import { useStored } from '../preferences/stored.ts'
import { choiceOf, chosenForRooms, roomChoices } from './choices.ts'

/** What one wants to hear of from this room; kept in this browser. */
export const RoomNotifications = ({ room }: { readonly room: string }): ReactElement => {
  const t = useTranslations('notify')
  const [choices, setChoices] = useStored(chosenForRooms)
  return (
    <div className="px-3 py-2">
      <Choice
        label={t('room')}
        value={choiceOf(choices, room)}
        options={roomChoices.map((value) => ({ value, label: t(`room_${value}`) }))}
        choose={(value) =>
          setChoices({ ...choices, [room]: roomChoices.find((known) => known === value) ?? 'mentions' })
        }
      />
    </div>
  )
}
