import { useClient, useNotes, useParley } from '@parley/client/react'
import { MagicWandIcon } from '@radix-ui/react-icons'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFailureWords } from '../../session/failure-words.ts'
import { useSubmit } from '../../session/use-submit.ts'
import { useRoomContext } from '../room-context.ts'

/** Fewer than so many messages are read as quickly. */
const worthIt = 8

/** Asks the assistant what was said while one was away. */
export const CatchUp = (): ReactElement | null => {
  const t = useTranslations('model')
  const words = useFailureWords()
  const client = useClient()
  const { room } = useRoomContext()
  // As they stood when one came: what is on the screen counts as read at once.
  const [{ unread, read }] = useState(() => client.state.rooms.get(room) ?? { unread: 0, read: 0 })
  const hasBot = useParley(({ people }) => [...people.values()].some(({ kind }) => kind === 'bot'))
  const isTold = useNotes(room).length > 0
  const { isBusy, error, run } = useSubmit()
  if (!hasBot || isTold || unread < worthIt) return null
  if (error !== undefined) return <span className="text-fine text-quiet">{words(error)}</span>
  return (
    <button
      type="button"
      disabled={isBusy}
      onClick={() => run(() => client.catchUp(room, read))}
      className="inline-flex h-6 items-center gap-1.5 rounded-full bg-accent-ground px-2.5 text-fine font-medium text-accent hover:brightness-95"
    >
      <MagicWandIcon width={13} height={13} />
      {t('catchUp')}
    </button>
  )
}
