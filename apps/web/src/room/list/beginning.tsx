import { useClient, useMe, useParley, useRoom } from '@parley/client/react'
import { LockClosedIcon } from '@radix-ui/react-icons'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { Avatar } from '../../parts/avatar.tsx'
import { Button } from '../../parts/button.tsx'
import { Hash } from '../../parts/drawn-icons.tsx'
import { otherOf, useRoomTitle } from '../../people/use-room-title.ts'
import { go } from '../../router/router.ts'
import { draftOf } from '../composer/drafts.ts'
import { useRoomContext } from '../room-context.ts'

/** What one may do in a room where nothing was said yet. */
const Invitations = ({ isDirect }: { readonly isDirect: boolean }): ReactElement => {
  const t = useTranslations('room')
  const client = useClient()
  const { room } = useRoomContext()
  const me = useMe()
  const bot = useParley(({ people }) => [...people.values()].find(({ kind }) => kind === 'bot'))
  return (
    <div className="mt-5 flex flex-wrap gap-2">
      <Button onClick={() => client.send(room, t('hello'))}>{t('sayHello')}</Button>
      {!isDirect && me?.role !== 'guest' && (
        <Button onClick={() => go({ at: 'room', room, pane: 'details' })}>{t('invite')}</Button>
      )}
      {bot && !isDirect && (
        <Button onClick={() => draftOf(room).set(`@${bot.name} `)}>{t('askAssistant', { name: bot.name })}</Button>
      )}
    </div>
  )
}

/** The head of a room's first page: what the room is, and in an empty one how to begin. */
export const Beginning = (): ReactElement | null => {
  const t = useTranslations('room')
  const { room, me } = useRoomContext()
  const facts = useRoom(room)
  const titleOf = useRoomTitle()
  const isEmpty = useParley(({ rooms, outbox }) => rooms.get(room)?.window.messages.length === 0 && !outbox.get(room))
  const other = facts && otherOf(facts, me)
  const user = useParley(({ people }) => (other ? people.get(other) : undefined))
  if (!facts) return null
  const title = titleOf(facts)
  const isDirect = facts.kind === 'direct'
  const beginning = (): string => {
    if (other === me) return t('beginningSelf')
    return isDirect ? t('beginningDirect', { name: title }) : t('beginning', { room: title })
  }
  return (
    <div className="column px-4 pt-8 pb-4 wide:px-6">
      {user ? (
        <Avatar id={user.id} name={user.name} kind={user.kind} size="large" />
      ) : (
        <span className="inline-flex size-14 items-center justify-center rounded-2xl bg-accent-ground text-accent [&_svg]:size-7">
          {facts.kind === 'private' ? <LockClosedIcon /> : <Hash />}
        </span>
      )}
      <h2 dir="auto" className="mt-4 text-large font-semibold tracking-tight">
        {title}
      </h2>
      <p className="mt-1 text-quiet">{beginning()}</p>
      {facts.topic && (
        <p dir="auto" className="mt-1 text-quiet">
          {facts.topic}
        </p>
      )}
      {isEmpty && <Invitations isDirect={isDirect} />}
    </div>
  )
}
