import { useClient, useConnection, useMe } from '@parley/client/react'
import {
  BellIcon,
  DesktopIcon,
  DotsHorizontalIcon,
  ExitIcon,
  GearIcon,
  GlobeIcon,
  KeyboardIcon,
  LockClosedIcon,
  Pencil1Icon,
} from '@radix-ui/react-icons'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { openDialog } from '../dialogs/open-dialog.ts'
import { Avatar } from '../parts/avatar.tsx'
import { Menu, MenuChoice, MenuItem, MenuLine } from '../parts/menu.tsx'
import { languageChoice, themeChoice, themes } from '../preferences/preferences.ts'
import { useStored } from '../preferences/stored.ts'
import { go } from '../router/router.ts'
import { keptSession } from '../session/kept-session.ts'
import { languageNames, languages } from '../words/languages.ts'

/** Oneself, and one's settings. */
export const YouRow = (): ReactElement | null => {
  const t = useTranslations('menu')
  const side = useTranslations('side')
  const client = useClient()
  const me = useMe()
  const isOnline = useConnection().status === 'online'
  const [theme, setTheme] = useStored(themeChoice)
  const [language, setLanguage] = useStored(languageChoice)
  if (!me) return null
  const isAdmin = me.role === 'admin' || me.role === 'owner'
  const signOut = (): void => {
    client.signOut().finally(() => keptSession.set(undefined))
  }
  const trigger = (
    <button
      type="button"
      className="flex h-14 w-full shrink-0 items-center gap-2.5 border-t border-line px-4 text-start hover:bg-hover wide:h-13"
    >
      <Avatar id={me.id} name={me.name} kind={me.kind} size="small" />
      <span className="min-w-0 flex-1">
        <span dir="auto" className="block truncate text-control leading-[18px] font-medium">
          {me.name}
        </span>
        <span className="flex items-center gap-1.5 text-fine text-quiet">
          <span className={isOnline ? 'size-1.5 rounded-full bg-good' : 'size-1.5 rounded-full bg-edge'} />
          {side(isOnline ? 'online' : 'offline')}
        </span>
      </span>
      <span className="sr-only">{t('label')}</span>
      <DotsHorizontalIcon className="text-quiet" />
    </button>
  )
  return (
    <Menu trigger={trigger} side="top" align="start">
      <MenuChoice
        icon={<DesktopIcon />}
        label={t('theme')}
        value={theme}
        options={themes.map((value) => ({ value, label: t(value) }))}
        choose={setTheme}
      />
      <MenuChoice
        icon={<GlobeIcon />}
        label={t('language')}
        value={language ?? 'browser'}
        options={[
          { value: 'browser', label: t('browserLanguage') },
          ...languages.map((value) => ({ value, label: languageNames[value] })),
        ]}
        choose={(value) => setLanguage(languages.find((known) => known === value))}
      />
      <MenuItem icon={<BellIcon />} onSelect={() => openDialog('notifications')}>
        {t('notifications')}
      </MenuItem>
      <MenuItem icon={<KeyboardIcon />} onSelect={() => openDialog('shortcuts')}>
        {t('shortcuts')}
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<Pencil1Icon />} onSelect={() => openDialog('rename')}>
        {t('rename')}
      </MenuItem>
      {me.kind === 'person' && (
        <MenuItem icon={<LockClosedIcon />} onSelect={() => openDialog('password')}>
          {t('password')}
        </MenuItem>
      )}
      {isAdmin && (
        <MenuItem icon={<GearIcon />} onSelect={() => go({ at: 'admin', page: 'people' })}>
          {t('admin')}
        </MenuItem>
      )}
      <MenuLine />
      <MenuItem icon={<ExitIcon />} onSelect={signOut}>
        {t('signOut')}
      </MenuItem>
    </Menu>
  )
}
