import type { Client } from '@parley/client'
import { useClient } from '@parley/client/react'
import type { Hook } from '@parley/protocol'
import { CodeIcon, PlusIcon, TrashIcon } from '@radix-ui/react-icons'
import { type ReactElement, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { Button } from '../../parts/button.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { Pane, PaneEmpty, PaneError, PaneLoading, Rows } from '../pane.tsx'
import { type Secret, SecretDialog } from '../secret-dialog.tsx'
import { useAsked } from '../use-asked.ts'
import { AddHook } from './add-hook.tsx'

const askHooks = (client: Client) => client.call('GET /api/hooks', {})

interface HookRowProps {
  readonly hook: Hook
  readonly remove: () => void
}

const HookRow = ({ hook: { name, room, createdAt }, remove }: HookRowProps): ReactElement => {
  const t = useTranslations('admin')
  const format = useFormatter()
  return (
    <li className="flex min-h-15 items-center gap-3 py-2 ps-4 pe-2">
      <span className="flex size-9 shrink-0 items-center justify-center rounded-lg bg-sunken text-quiet">
        <CodeIcon />
      </span>
      <div className="min-w-0 flex-1">
        <p dir="auto" className="truncate text-control font-medium">
          {name}
        </p>
        <p className="truncate text-side text-quiet">
          /r/{room} · {t('since', { date: format.dateTime(new Date(createdAt), { dateStyle: 'medium' }) })}
        </p>
      </div>
      <IconButton label={t('removeHook', { name })} onClick={remove}>
        <TrashIcon />
      </IconButton>
    </li>
  )
}

/** Addresses by which programs say something in one room. */
export const Hooks = (): ReactElement => {
  const t = useTranslations('admin')
  const client = useClient()
  const { asked, again } = useAsked(askHooks)
  const [isAdding, setAdding] = useState(false)
  const [removed, setRemoved] = useState<Hook>()
  const [secret, setSecret] = useState<Secret>()
  return (
    <Pane
      title={t('hooks')}
      text={t('hooksText')}
      action={
        <Button onClick={() => setAdding(true)}>
          <PlusIcon />
          {t('addHook')}
        </Button>
      }
    >
      {asked.status === 'loading' && <PaneLoading />}
      {asked.status === 'failed' && <PaneError error={asked.error} retry={again} />}
      {asked.status === 'ready' && asked.value.hooks.length === 0 && <PaneEmpty>{t('noHooks')}</PaneEmpty>}
      {asked.status === 'ready' && asked.value.hooks.length > 0 && (
        <Rows>
          {asked.value.hooks.map((hook) => (
            <HookRow key={hook.id} hook={hook} remove={() => setRemoved(hook)} />
          ))}
        </Rows>
      )}
      {isAdding && <AddHook close={() => setAdding(false)} changed={again} tell={setSecret} />}
      <ConfirmDialog
        title={t('removeHookTitle', { name: removed?.name ?? '' })}
        text={t('removeHookText')}
        verb={t('remove')}
        isOpen={removed !== undefined}
        close={() => setRemoved(undefined)}
        act={async () => {
          if (removed) await client.call('DELETE /api/hooks/{user}', { params: { user: removed.id } })
          again()
        }}
      />
      {secret && <SecretDialog secret={secret} close={() => setSecret(undefined)} />}
    </Pane>
  )
}
