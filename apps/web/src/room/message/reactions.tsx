import type { Message } from '@parley/client'
import { useClient, useParley } from '@parley/client/react'
import type { ReactElement } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { classes } from '../../parts/classes.ts'
import { useRoomContext } from '../room-context.ts'

/** Who put which emoji to a message; a click joins them, or takes one's own away. */
export const Reactions = ({ message }: { readonly message: Message }): ReactElement | null => {
  const t = useTranslations('message')
  const unknown = useTranslations('room')('unknownPerson')
  const format = useFormatter()
  const client = useClient()
  const { room, me } = useRoomContext()
  const people = useParley((state) => state.people)
  const entries = Object.entries(message.reactions ?? {}).filter(([, users]) => users.length > 0)
  if (entries.length === 0) return null
  return (
    <ul className="mt-1 mb-0.5 flex flex-wrap gap-1">
      {entries.map(([emoji, users]) => {
        const isMine = users.some((user) => user === me)
        const names = format.list(
          users.slice(0, 12).map((user) => people.get(user)?.name ?? unknown),
          { type: 'conjunction' },
        )
        const label = t('reactedBy', { names, emoji })
        return (
          <li key={emoji}>
            <button
              type="button"
              aria-pressed={isMine}
              title={label}
              onClick={() => {
                client.react(room, message.id, emoji, !isMine).catch(() => {
                  // What stands on the page is what the server holds.
                })
              }}
              className={classes(
                'inline-flex h-[26px] items-center gap-1.5 rounded-full border px-2 text-side tabular-nums transition-colors',
                isMine
                  ? 'border-accent/50 bg-accent-ground font-medium text-accent'
                  : 'border-line bg-sunken text-quiet hover:border-edge/60',
              )}
            >
              <span className="text-[15px] leading-none" aria-hidden="true">
                {emoji}
              </span>
              <span aria-hidden="true">{users.length}</span>
              <span className="sr-only">{label}</span>
            </button>
          </li>
        )
      })}
    </ul>
  )
}
