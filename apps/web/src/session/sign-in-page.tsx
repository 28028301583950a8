import type { Session } from '@parley/client'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { usePlace } from '../router/router.ts'
import { AccountForm } from './account-form.tsx'
import type { Config } from './config.ts'
import { GuestForm } from './guest-form.tsx'
import { LinkForm } from './link-form.tsx'
import { Mark } from './mark.tsx'
import type { Farewell } from './open-client.ts'

interface SignInPageProps {
  readonly config: Config
  readonly farewell: Farewell | undefined
  readonly enter: (session: Session) => void
}

/** The first minute: a name, or an account, or a link that makes one. Where one wanted to go stays in the address. */
export const SignInPage = ({ config, farewell, enter }: SignInPageProps): ReactElement => {
  const t = useTranslations('signIn')
  const place = usePlace()
  const [hasAccount, setHasAccount] = useState(farewell !== undefined)
  const isLink = place.at === 'first-owner' || place.at === 'password'
  const isGuest = config.guests && !hasAccount
  return (
    <main className="flex min-h-dvh flex-col items-center overflow-y-auto bg-rail px-4 py-12 wide:justify-center">
      <div className="flex w-full max-w-[400px] flex-col items-center">
        <Mark className="size-14" />
        <h1 className="mt-5 text-large font-semibold tracking-tight">Parley</h1>
        <p className="mt-1 max-w-[300px] text-center text-body text-balance text-quiet">{t('tagline')}</p>
        <div className="mt-8 w-full rounded-2xl border border-line bg-ground p-6 shadow-rest wide:p-8">
          {farewell && !isLink && (
            <p role="status" className="mb-5 rounded-lg bg-warm-ground px-3 py-2 text-side text-warm">
              {t(farewell === 'banned' ? 'banned' : 'signedOut')}
            </p>
          )}
          {isLink && <LinkForm config={config} kind={place.at} enter={enter} />}
          {!isLink && isGuest && <GuestForm config={config} enter={enter} />}
          {!isLink && !isGuest && <AccountForm config={config} enter={enter} />}
        </div>
        {!isLink && config.guests && (
          <button
            type="button"
            onClick={() => setHasAccount(!hasAccount)}
            className="mt-5 rounded-md px-2 py-1 text-control text-quiet hover:text-text"
          >
            {t(isGuest ? 'haveAccount' : 'asGuest')}
          </button>
        )}
      </div>
    </main>
  )
}
