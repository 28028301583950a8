import { ChevronLeftIcon, ViewVerticalIcon } from '@radix-ui/react-icons'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from '../parts/icon-button.tsx'
import { sideHidden } from '../preferences/preferences.ts'
import { useStored } from '../preferences/stored.ts'
import { Link } from '../router/link.tsx'

/** The way from a page to the rooms: back to them on a phone, elsewhere to show or hide them. */
export const SideButtons = (): ReactElement => {
  const t = useTranslations('side')
  const [isHidden, setHidden] = useStored(sideHidden)
  return (
    <>
      <Link
        to={{ at: 'home' }}
        aria-label={t('back')}
        className="inline-flex size-10 shrink-0 items-center justify-center rounded-lg text-quiet hover:bg-hover wide:hidden"
      >
        <ChevronLeftIcon width={20} height={20} />
      </Link>
      <span className="hidden wide:-ms-1 wide:block">
        <IconButton label={t(isHidden ? 'show' : 'hide')} isPressed={false} onClick={() => setHidden(!isHidden)}>
          <ViewVerticalIcon />
        </IconButton>
      </span>
    </>
  )
}
