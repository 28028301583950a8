import { useMe, useMembers, useParley } from '@parley/client/react'
import { PlusIcon } from '@radix-ui/react-icons'
import { lazy, type ReactElement, Suspense, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Virtualizer } from 'virtua'
import { Button } from '../../parts/button.tsx'
import { ListBox } from '../../parts/list-box.tsx'
import { MemberRow } from './member-row.tsx'

const InviteDialog = lazy(() => import('./invite-dialog.tsx'))

interface MembersProps {
  readonly room: string
  readonly title: string
  readonly isDirect: boolean
}

/** Who is in the room: who is connected first, each part by name. */
export const Members = ({ room, title, isDirect }: MembersProps): ReactElement => {
  const t = useTranslations('details')
  const me = useMe()
  const members = useMembers(room)
  const people = useParley((state) => state.people)
  const online = useParley((state) => state.online)
  const [isInviting, setInviting] = useState(false)
  const listed = (members ?? [])
    .flatMap(({ id, role }) => {
      const user = people.get(id)
      return user ? [{ user, role, isOnline: online.get(id) === true }] : []
    })
    .sort((a, b) => Number(b.isOnline) - Number(a.isOnline) || a.user.name.localeCompare(b.user.name))
  return (
    <section className="mt-5">
      <div className="flex h-9 items-center px-3">
        <h3 className="flex-1 text-side font-semibold">
          {t('members')}
          {members && <span className="ms-2 font-normal text-quiet tabular-nums">{members.length}</span>}
        </h3>
        {!isDirect && me?.role !== 'guest' && (
          <Button look="link" className="h-8 px-2" onClick={() => setInviting(true)}>
            <PlusIcon />
            {t('invite')}
          </Button>
        )}
      </div>
      {!members && <p className="late px-3 text-side text-quiet">{t('loading')}</p>}
      <Virtualizer as={ListBox} data={listed} itemSize={44}>
        {({ user, role, isOnline }) => (
          <MemberRow key={user.id} user={user} role={role} isOnline={isOnline} roomTitle={title} isDirect={isDirect} />
        )}
      </Virtualizer>
      {isInviting && (
        <Suspense>
          <InviteDialog room={room} members={members ?? []} close={() => setInviting(false)} />
        </Suspense>
      )}
    </section>
  )
}
