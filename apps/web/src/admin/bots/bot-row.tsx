import { useClient } from '@parley/client/react'
import {
  CheckCircledIcon,
  CrossCircledIcon,
  DotsHorizontalIcon,
  LightningBoltIcon,
  Pencil1Icon,
} from '@radix-ui/react-icons'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Avatar } from '../../parts/avatar.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { Menu, MenuItem, MenuLine } from '../../parts/menu.tsx'
import { useFailureWords } from '../../session/failure-words.ts'
import { useSubmit } from '../../session/use-submit.ts'
import { Badge } from '../pane.tsx'
import type { Secret } from '../secret-dialog.tsx'
import type { Bot } from './bots.tsx'

interface BotRowProps {
  readonly bot: Bot
  readonly changed: () => void
  readonly edit: () => void
  readonly tell: (secret: Secret) => void
}

export const BotRow = ({ bot, changed, edit, tell }: BotRowProps): ReactElement => {
  const t = useTranslations('admin')
  const words = useFailureWords()
  const client = useClient()
  const { error, run } = useSubmit()
  const [asks, setAsks] = useState<'ban' | 'token'>()
  const { id, name, runs, model, instructions, banned } = bot
  const params = { user: id }
  const setBanned = async (next: boolean): Promise<void> => {
    await client.call('PATCH /api/bots/{user}', { params, body: { banned: next } })
    changed()
  }
  const makeToken = async (): Promise<void> => {
    const { token, expiresAt } = await client.call('POST /api/bots/{user}/tokens', { params })
    tell({ title: t('tokenTitle', { name }), text: t('tokenText'), value: token, expiresAt })
  }
  const about = runs === 'here' ? (model ?? t('modelDefault')) : t('runs_outside')
  return (
    <li className="flex min-h-15 items-center gap-3 py-2 ps-4 pe-2">
      <Avatar id={id} name={name} kind="bot" />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span dir="auto" className={`truncate text-control font-medium ${banned ? 'text-quiet line-through' : ''}`}>
            {name}
          </span>
          {banned && <Badge look="danger">{t('switchedOff')}</Badge>}
        </p>
        {error === undefined ? (
          <p dir="auto" className="truncate text-side text-quiet">
            {[about, instructions].filter(Boolean).join(' · ')}
          </p>
        ) : (
          <p role="alert" className="text-side text-danger">
            {words(error)}
          </p>
        )}
      </div>
      <Menu
        trigger={
          <IconButton label={t('actionsFor', { name })}>
            <DotsHorizontalIcon />
          </IconButton>
        }
      >
        <MenuItem icon={<Pencil1Icon />} onSelect={edit}>
          {t('edit')}
        </MenuItem>
        {runs === 'outside' && (
          <MenuItem icon={<LightningBoltIcon />} onSelect={() => setAsks('token')}>
            {t('makeToken')}
          </MenuItem>
        )}
        <MenuLine />
        {banned ? (
          <MenuItem icon={<CheckCircledIcon />} onSelect={() => run(() => setBanned(false))}>
            {t('switchOn')}
          </MenuItem>
        ) : (
          <MenuItem icon={<CrossCircledIcon />} isDanger onSelect={() => setAsks('ban')}>
            {t('switchOff')}
          </MenuItem>
        )}
      </Menu>
      <ConfirmDialog
        title={t('switchOffTitle', { name })}
        text={t('switchOffText')}
        verb={t('switchOff')}
        isOpen={asks === 'ban'}
        close={() => setAsks(undefined)}
        act={() => setBanned(true)}
      />
      <ConfirmDialog
        title={t('makeTokenTitle', { name })}
        text={t('makeTokenText')}
        verb={t('makeToken')}
        isOpen={asks === 'token'}
        close={() => setAsks(undefined)}
        act={makeToken}
      />
    </li>
  )
}
