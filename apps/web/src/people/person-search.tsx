import type { User } from '@parley/client'
import { Command } from 'cmdk'
import { type ReactElement, type ReactNode, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Avatar } from '../parts/avatar.tsx'
import { inputLook } from '../parts/field.tsx'
import { matching } from '../room/composer/mentions.ts'
import { useDirectory } from './use-directory.ts'

interface PersonSearchProps {
  /** Who is not to be offered. */
  readonly without: ReadonlySet<string>
  readonly choose: (user: User) => void
  /** Shown when everybody is left out. */
  readonly empty: string
  readonly children?: ReactNode
}

/** Finds somebody by a part of their name. */
export const PersonSearch = ({ without, choose, empty }: PersonSearchProps): ReactElement => {
  const t = useTranslations('details')
  const [query, setQuery] = useState('')
  const offered = useDirectory().filter(({ id }) => !without.has(id))
  const found = matching(offered, query.trim())
  return (
    <Command shouldFilter={false} label={t('searchPeople')}>
      <Command.Input
        value={query}
        onValueChange={setQuery}
        placeholder={t('searchPeople')}
        autoFocus
        className={`${inputLook} h-10`}
      />
      <Command.List className="mt-2 h-72 overflow-y-auto">
        <Command.Empty className="p-3 text-control text-quiet">
          {offered.length === 0 ? empty : t('nobody')}
        </Command.Empty>
        {found.slice(0, 60).map((user) => (
          <Command.Item
            key={user.id}
            value={user.id}
            onSelect={() => {
              choose(user)
              setQuery('')
            }}
            className="flex h-11 items-center gap-3 rounded-lg px-3 text-control data-[selected=true]:bg-hover"
          >
            <Avatar
              id={user.id}
              name={user.name}
              kind={user.kind}
              size="small"
              online={user.kind === 'bot' ? undefined : user.online}
            />
            <span dir="auto" className="truncate">
              {user.name}
            </span>
          </Command.Item>
        ))}
      </Command.List>
    </Command>
  )
}
