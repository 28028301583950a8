import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { Dialog } from '../parts/dialog.tsx'
import { Key } from '../parts/key.tsx'
import { modifier } from '../shell/platform.ts'
import type { DialogPageProps } from './dialogs.tsx'

/** All that can be done by keys. */
const Shortcuts = ({ close }: DialogPageProps): ReactElement => {
  const t = useTranslations('shortcuts')
  const list = [
    ['switch', [modifier, 'K']],
    ['next', [t('alt'), '↓']],
    ['previous', [t('alt'), '↑']],
    ['nextUnread', [t('alt'), t('shift'), '↓']],
    ['send', [t('enter')]],
    ['newLine', [t('shift'), t('enter')]],
    ['edit', ['↑']],
    ['arrows', ['↑', '↓']],
    ['reply', ['R']],
    ['editFocused', ['E']],
    ['copyLink', ['C']],
    ['details', [modifier, 'I']],
    ['side', [modifier, '\\']],
    ['escape', [t('esc')]],
    ['all', [modifier, '/']],
  ] as const
  return (
    <Dialog title={t('title')} isOpen close={close} wide>
      <dl className="grid gap-x-8 wide:grid-cols-2">
        {list.map(([key, keys]) => (
          <div key={key} className="flex min-h-10 items-center justify-between gap-4 border-b border-line py-1.5">
            <dt className="text-side">{t(key)}</dt>
            <dd className="flex shrink-0 gap-1">
              {keys.map((one) => (
                <Key key={one}>{one}</Key>
              ))}
            </dd>
          </div>
        ))}
      </dl>
    </Dialog>
  )
}

export default Shortcuts
