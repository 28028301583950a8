import type { Message } from '@parley/client'
import { useMe } from '@parley/client/react'
import {
  BarChartIcon,
  CopyIcon,
  DotsHorizontalIcon,
  FaceIcon,
  Link2Icon,
  Pencil1Icon,
  ReloadIcon,
  TrashIcon,
} from '@radix-ui/react-icons'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../parts/button.tsx'
import { Dialog, DialogFoot } from '../../parts/dialog.tsx'
import { ReplyIcon } from '../../parts/drawn-icons.tsx'
import { EmojiButton } from '../../parts/emoji-button.tsx'
import { IconButton } from '../../parts/icon-button.tsx'
import { Menu, MenuItem, MenuLine } from '../../parts/menu.tsx'
import { useRoomContext } from '../room-context.ts'
import { UsageDialog } from './usage-dialog.tsx'
import { useMaySteer } from './use-may-steer.ts'
import { useMessageActs } from './use-message-acts.ts'

interface ToolbarProps {
  readonly message: Message
  /** What of it is open, and keeps it here when nobody points at the message any more. */
  readonly open: OpenPart | undefined
  readonly setOpen: (part: OpenPart | undefined) => void
}

export type OpenPart = 'emoji' | 'menu' | 'delete' | 'usage'

const quick = ['👍', '❤️', '😄'] as const

/** What one can do with a message: the frequent things at once, the others in a menu. */
export const Toolbar = ({ message, open, setOpen }: ToolbarProps): ReactElement => {
  const t = useTranslations('message')
  const model = useTranslations('model')
  const assistant = useTranslations('assistant')
  const role = useMe()?.role
  const maySeeUsage = message.ended !== undefined && (role === 'admin' || role === 'owner')
  const { me } = useRoomContext()
  const mayRetry = useMaySteer(message) && !message.streaming
  const acts = useMessageActs(message)
  const opener = (part: OpenPart) => (isOpen: boolean) => setOpen(isOpen ? part : undefined)
  const toggle = (emoji: string): void => {
    const isMine = message.reactions?.[emoji]?.some((user) => user === me) ?? false
    acts.react(emoji, !isMine)
  }
  return (
    <div
      role="toolbar"
      aria-label={t('actions')}
      className="absolute -top-4 right-2 z-10 flex items-center rounded-lg bg-raised p-0.5 shadow-float"
    >
      {quick.map((emoji) => (
        <IconButton
          key={emoji}
          size="small"
          label={t('reactionAdd', { emoji })}
          onClick={() => toggle(emoji)}
          className="text-[15px] max-wide:hidden"
        >
          {emoji}
        </IconButton>
      ))}
      <EmojiButton size="small" label={t('react')} choose={toggle} onOpenChange={opener('emoji')}>
        <FaceIcon />
      </EmojiButton>
      <IconButton size="small" label={t('reply')} onClick={acts.reply}>
        <ReplyIcon />
      </IconButton>
      {mayRetry && (
        <IconButton size="small" label={model('retry')} onClick={acts.retry}>
          <ReloadIcon />
        </IconButton>
      )}
      {acts.mayEdit && (
        <IconButton size="small" label={t('edit')} onClick={acts.edit}>
          <Pencil1Icon />
        </IconButton>
      )}
      <Menu
        isOpen={open === 'menu'}
        onOpenChange={opener('menu')}
        trigger={
          <IconButton size="small" label={t('more')}>
            <DotsHorizontalIcon />
          </IconButton>
        }
      >
        <MenuItem icon={<Link2Icon />} onSelect={acts.copyLink}>
          {t('copyLink')}
        </MenuItem>
        <MenuItem icon={<CopyIcon />} onSelect={acts.copyText}>
          {t('copyText')}
        </MenuItem>
        {maySeeUsage && (
          <MenuItem icon={<BarChartIcon />} onSelect={() => setTimeout(() => setOpen('usage'))}>
            {assistant('usage')}
          </MenuItem>
        )}
        {acts.mayDelete && (
          <>
            <MenuLine />
            <MenuItem icon={<TrashIcon />} isDanger onSelect={() => setTimeout(() => setOpen('delete'))}>
              {t('delete')}
            </MenuItem>
          </>
        )}
      </Menu>
      {open === 'usage' && <UsageDialog message={message} close={() => setOpen(undefined)} />}
      <Dialog
        title={t('deleteTitle')}
        text={t('deleteText')}
        isOpen={open === 'delete'}
        close={() => setOpen(undefined)}
      >
        <DialogFoot>
          <Button look="danger" onClick={acts.delete}>
            {t('delete')}
          </Button>
          <Button onClick={() => setOpen(undefined)}>{t('cancel')}</Button>
        </DialogFoot>
      </Dialog>
    </div>
  )
}
