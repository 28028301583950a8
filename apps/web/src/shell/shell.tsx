import { useMe } from '@parley/client/react'
import { Tooltip } from 'radix-ui'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { Dialogs } from '../dialogs/dialogs.tsx'
import { useKeepReading } from '../kept/use-keep-reading.ts'
import { useNotifications } from '../notifications/use-notifications.ts'
import { classes } from '../parts/classes.ts'
import { sideHidden } from '../preferences/preferences.ts'
import { useStored } from '../preferences/stored.ts'
import { usePlace } from '../router/router.ts'
import { Side } from '../side/side.tsx'
import { Broadcasts } from './broadcasts.tsx'
import { ConnectionBar } from './connection-bar.tsx'
import { Main } from './main.tsx'
import { useKeys } from './use-keys.ts'
import { usePageTitle } from './use-page-title.ts'
import { Waiting } from './waiting.tsx'

/** The frame of the app: rooms and people at the side, the room in the middle. On a phone one of them at a time. */
const Frame = (): ReactElement => {
  const t = useTranslations('side')
  const place = usePlace()
  const [isHidden] = useStored(sideHidden)
  const isHome = place.at === 'home'
  useKeys()
  usePageTitle()
  useNotifications()
  useKeepReading()
  return (
    <div className="flex h-dvh flex-col overflow-hidden">
      <a href="#main" className="sr-only z-50 bg-accent px-3 py-2 text-on-accent focus:not-sr-only focus:absolute">
        {t('skip')}
      </a>
      <ConnectionBar />
      <div className="flex min-h-0 flex-1">
        <div
          className={classes(
            'min-h-0 w-full shrink-0 border-line wide:w-[264px] wide:border-e',
            isHome ? 'block' : 'hidden wide:block',
            isHidden && 'wide:hidden',
          )}
        >
          <Side />
        </div>
        <main id="main" tabIndex={-1} className={classes('min-w-0 flex-1 outline-none', isHome && 'hidden wide:block')}>
          <Main />
        </main>
      </div>
      <Broadcasts />
      <Dialogs />
    </div>
  )
}

/** The app of who is signed in. */
const Shell = (): ReactElement => {
  const me = useMe()
  return (
    <Tooltip.Provider delayDuration={450} skipDelayDuration={200}>
      {me ? <Frame /> : <Waiting />}
    </Tooltip.Provider>
  )
}

export default Shell
