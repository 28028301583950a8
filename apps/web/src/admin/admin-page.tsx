import { useMe } from '@parley/client/react'
import { type ComponentType, type ReactElement, useEffect, useRef } from 'react'
import { useTranslations } from 'use-intl'
import { classes } from '../parts/classes.ts'
import { Link } from '../router/link.tsx'
import { Notice } from '../shell/notice.tsx'
import { SideButtons } from '../side/side-buttons.tsx'
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
    if (isHere) tab.current?.scrollIntoView({ block: 'nearest', inline: 'center' })
  }, [isHere])
  return (
    <li ref={tab} className="shrink-0">
      <Link
        to={{ at: 'admin', page: name }}
        aria-current={isHere ? 'page' : undefined}
        className={classes(
          'flex h-11 items-center border-b-2 px-2.5 text-control roomy:px-3 outline-offset-[-3px]',
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
  return (
    <header className="flex h-14 shrink-0 items-center gap-2 px-2 wide:px-4">
      <SideButtons />
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
        <ul className="column flex max-w-[984px] overflow-x-auto px-1.5 [mask-image:linear-gradient(to_right,transparent,black_6px,black_calc(100%-24px),transparent)] [scrollbar-width:none] wide:px-[22px] roomy:px-5">
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
