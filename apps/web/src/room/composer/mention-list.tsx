import type { User } from '@parley/client'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { Avatar } from '../../parts/avatar.tsx'
import { classes } from '../../parts/classes.ts'

export const mentionListId = 'mentions'
export const mentionId = (user: string): string => `mention-${user}`

interface MentionListProps {
  readonly people: readonly User[]
  readonly chosen: number
  readonly choose: (user: User) => void
}

/** Whom one may mean, above the composer. The focus stays in it. */
export const MentionList = ({ people, chosen, choose }: MentionListProps): ReactElement => {
  const t = useTranslations('composer')
  return (
    <div
      id={mentionListId}
      role="listbox"
      aria-label={t('mentions')}
      className="rising absolute bottom-full left-0 z-20 mb-2 w-72 max-w-full rounded-xl bg-raised p-1 shadow-float"
    >
      {people.map((user, place) => (
        <div
          key={user.id}
          id={mentionId(user.id)}
          role="option"
          tabIndex={-1}
          aria-selected={place === chosen}
          onPointerDown={(event) => {
            event.preventDefault()
            choose(user)
          }}
          className={classes(
            'flex h-9 items-center gap-2.5 rounded-lg px-2.5 text-control',
            place === chosen ? 'bg-selected' : 'hover:bg-hover',
          )}
        >
          <Avatar id={user.id} name={user.name} kind={user.kind} size="small" />
          <span dir="auto" className="min-w-0 flex-1 truncate">
            {user.name}
          </span>
        </div>
      ))}
    </div>
  )
}
