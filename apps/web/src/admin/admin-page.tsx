import { useMe } from '@parley/client/react'
import { ChevronLeftIcon, ViewVerticalIcon } from '@radix-ui/react-icons'
import { type ComponentType, type ReactElement, useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { classes } from '../parts/classes.ts'
import { IconButton } from '../parts/icon-button.tsx'
import { sideHidden } from '../preferences/preferences.ts'
import { useStored } from '../preferences/stored.ts'
import { Link } from '../router/link.tsx'
import { Notice } from '../shell/notice.tsx'
import { BotsPage } from './bots/bots-page.tsx'
import { BroadcastPage } from './broadcast/broadcast-page.tsx'
import { ConnectionsPage } from './connections/connections-page.tsx'
import { PeoplePage } from './people/people-page.tsx'
import { RoomsPage } from './rooms/rooms-page.tsx'
import { UsagePage } from './usage/usage-page.tsx'

const names = ['people', 'rooms', 'connections', 'broadcast', 'bots', 'usage'] as const
type PageName = (typeof names)[number]

const pages: Readonly<Record<PageName, ComponentType>> = {
  people: PeoplePage,
  rooms: RoomsPage,
  connections: ConnectionsPage,
  broadcast: BroadcastPage,
  bots: BotsPage,
  usage: UsagePage,
}

const Tab = ({ name, isHere }: { readonly name: PageName; readonly isHere: boolean }): ReactElement => {
  const t = useTranslations('admin')
  const tab = useRef<HTMLLIElement>(null)
  useEffect(() => {
    if (isHere) tab.current?.scrollIntoView({ block: 'nearest', inline: 'nearest' })
  }, [isHere])
  return (
    <li ref={tab} className="shrink-0">
      <Link
        to={{ at: 'admin', page: name }}
        aria-current={isHere ? 'page' : undefined}
        className={classes(
          'flex h-11 items-center border-b-2 px-3 text-control outline-offset-[-3px]',
          isHere ? 'border-accent font-medium text-text' : 'border-transparent text-quiet hover:text-text',
        )}
      >
        {t(`page_${name}`)}
      </Link>
    </li>
  )
}

const Header = (): ReactElement => {
  const t = useTranslations('admin')
  const side = useTranslations('side')
  const [isHidden, setHidden] = useStored(sideHidden)
  return (
    <header className="flex h-14 shrink-0 items-center gap-2 px-2 wide:px-4">
      <Link
        to={{ at: 'home' }}
        aria-label={side('back')}
        className="inline-flex size-10 shrink-0 items-center justify-center rounded-lg text-quiet hover:bg-hover wide:hidden"
      >
        <ChevronLeftIcon width={20} height={20} />
      </Link>
      <span className="hidden wide:-ms-1 wide:block">
        <IconButton label={side(isHidden ? 'show' : 'hide')} isPressed={false} onClick={() => setHidden(!isHidden)}>
          <ViewVerticalIcon />
        </IconButton>
      </span>
      <h1 className="min-w-0 truncate text-body font-semibold">{t('title')}</h1>
    </header>
  )
}

/** The pages of those who run the server. The server refuses all others as well; here they only see why. */
const AdminPage = ({ page }: { readonly page: string }): ReactElement => {
  const t = useTranslations('admin')
  const room = useTranslations('room')
  const role = useMe()?.role
  if (role !== 'admin' && role !== 'owner') return <Notice title={t('refusedTitle')} text={t('refusedText')} />
  const name = names.find((known) => known === page)
  if (!name) return <Notice title={room('nowhereTitle')} text={room('nowhereText')} />
  const Current = pages[name]
  return (
    <div className="flex h-full flex-col">
      <Header />
      <nav aria-label={t('nav')} className="shrink-0 border-b border-line">
        <ul className="column flex max-w-[984px] overflow-x-auto px-1 [scrollbar-width:none] wide:px-5">
          {names.map((one) => (
            <Tab key={one} name={one} isHere={one === name} />
          ))}
        </ul>
      </nav>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="column max-w-[984px] px-4 pt-6 pb-4 wide:px-8 wide:pt-8">
          <Current key={name} />
        </div>
      </div>
    </div>
  )
}

export default AdminPage
