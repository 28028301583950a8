import { useParley, useReadBy, useTyping } from '@parley/client/react'
import type { ReactElement } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { useRoomContext } from './room-context.ts'

/** Who is writing, in words; undefined when nobody is. */
const useTypingWords = (room: string, me: string): string | undefined => {
  const t = useTranslations('room')
  const typing = useTyping(room)
  const people = useParley((state) => state.people)
  const names = typing.filter((id) => id !== me).flatMap((id) => people.get(id)?.name ?? [])
  const [name, other] = names
  if (name === undefined) return undefined
  if (other === undefined) return t('typingOne', { name })
  return names.length === 2 ? t('typingTwo', { name, other }) : t('typingMany')
}

/** Who has read the last message, if it is one's own; undefined when nobody has. */
const useReadWords = (room: string, me: string): string | undefined => {
  const t = useTranslations('message')
  const format = useFormatter()
  const readBy = useReadBy(room)
  const last = useParley(({ rooms }) => rooms.get(room)?.window.messages.at(-1))
  const people = useParley((state) => state.people)
  if (!last || last.from.id !== me) return undefined
  const names = [...readBy]
    .filter(([id, seq]) => id !== me && seq >= last.seq)
    .flatMap(([id]) => people.get(id)?.name ?? [])
  return names.length > 0 ? t('readBy', { names: format.list(names, { type: 'conjunction' }) }) : undefined
}

/** The line between messages and composer. It has its height always, so that nothing moves when it has something to say. */
export const RoomFoot = (): ReactElement => {
  const { room, me } = useRoomContext()
  const typing = useTypingWords(room, me)
  const read = useReadWords(room, me)
  return (
    <div className="column flex h-6 shrink-0 items-center justify-between gap-4 px-4 text-fine text-quiet wide:px-6">
      <span className="flex min-w-0 items-center gap-2 truncate">
        {typing && (
          <>
            <span className="flex gap-0.5" aria-hidden="true">
              <span className="breathing size-1 rounded-full bg-quiet" />
              <span className="breathing size-1 rounded-full bg-quiet [animation-delay:200ms]" />
              <span className="breathing size-1 rounded-full bg-quiet [animation-delay:400ms]" />
            </span>
            {typing}
          </>
        )}
      </span>
      {read && <span className="truncate">{read}</span>}
    </div>
  )
}
