import type { Account } from '@parley/client'
import { useClient, useMe } from '@parley/client/react'
import { CheckCircledIcon, CrossCircledIcon, DotsHorizontalIcon, Link2Icon, PersonIcon } from '@radix-ui/react-icons'
import { type ReactElement, useState } from 'react'
import { useFormatter, useTranslations } from 'use-intl'
import { Avatar } from '../../parts/avatar.tsx'
import { ConfirmDialog } from '../../parts/confirm-dialog.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { Menu, MenuChoice, MenuItem, MenuLine } from '../../parts/menu.tsx'
import { useFailureWords } from '../../session/failure-words.ts'
import { useSubmit } from '../../session/use-submit.ts'
import { Badge } from '../pane.tsx'
import type { Secret } from '../secret-dialog.tsx'
import { passwordLink } from './password-link.ts'
import { type Role, roles } from './roles.ts'

interface PersonRowProps {
  readonly account: Account
  readonly put: (account: Account) => void
  readonly tell: (secret: Secret) => void
}

/** Somebody with an account, and what may be done with it. */
export const PersonRow = ({ account, put, tell }: PersonRowProps): ReactElement => {
  const t = useTranslations('admin')
  const format = useFormatter()
  const words = useFailureWords()
  const client = useClient()
  const me = useMe()
  const { error, run } = useSubmit()
  const [isBanning, setBanning] = useState(false)
  const { id, name, kind, role, banned, createdAt } = account
  const isOwner = me?.role === 'owner'
  const mayChange = id !== me?.id && (isOwner || role === 'member')
  const change = async (body: { role?: Role; banned?: boolean }): Promise<void> => {
    const answer = await client.call('PATCH /api/accounts/{user}', { params: { user: id }, body })
    put(answer.account)
  }
  const makeLink = async (): Promise<void> => {
    const { link, expiresAt } = await passwordLink(client, id)
    tell({ title: t('linkTitle', { name }), text: t('linkText'), value: link, expiresAt })
  }
  return (
    <li className="flex min-h-15 items-center gap-3 py-2 ps-4 pe-2">
      <Avatar id={id} name={name} kind={kind} />
      <div className="min-w-0 flex-1">
        <p className="flex items-center gap-2">
          <span dir="auto" className={`truncate text-control font-medium ${banned ? 'text-quiet line-through' : ''}`}>
            {name}
          </span>
          {id === me?.id && <span className="text-side text-quiet">{t('you')}</span>}
          {role !== 'member' && <Badge look="accent">{t(`role_${role}`)}</Badge>}
          {banned && <Badge look="danger">{t('banned')}</Badge>}
        </p>
        {error === undefined ? (
          <p className="truncate text-side text-quiet">
            {t('since', { date: format.dateTime(new Date(createdAt), { dateStyle: 'medium' }) })}
          </p>
        ) : (
          <p role="alert" className="text-side text-danger">
            {words(error)}
          </p>
        )}
      </div>
      {mayChange && (
        <Menu
          trigger={
            <IconButton label={t('actionsFor', { name })}>
              <DotsHorizontalIcon />
            </IconButton>
          }
        >
          <MenuItem icon={<Link2Icon />} onSelect={() => run(makeLink)}>
            {t('makeLink')}
          </MenuItem>
          {isOwner && (
            <MenuChoice
              icon={<PersonIcon />}
              label={t('role')}
              value={roles.find((known) => known === role) ?? 'member'}
              options={roles.map((value) => ({ value, label: t(`role_${value}`) }))}
              choose={(next) => run(() => change({ role: next }))}
            />
          )}
          <MenuLine />
          {banned ? (
            <MenuItem icon={<CheckCircledIcon />} onSelect={() => run(() => change({ banned: false }))}>
              {t('letIn')}
            </MenuItem>
          ) : (
            <MenuItem icon={<CrossCircledIcon />} isDanger onSelect={() => setBanning(true)}>
              {t('ban')}
            </MenuItem>
          )}
        </Menu>
      )}
      <ConfirmDialog
        title={t('banTitle', { name })}
        text={t('banText')}
        verb={t('ban')}
        isOpen={isBanning}
        close={() => setBanning(false)}
        act={() => change({ banned: true })}
      />
    </li>
  )
}
