import type { RoomMember } from '@parley/client'
import { useClient } from '@parley/client/react'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Dialog } from '../../parts/dialog.tsx'
import { PersonSearch } from '../../people/person-search.tsx'
import { useFailureWords } from '../../session/failure-words.ts'
import { useSubmit } from '../../session/use-submit.ts'

interface InviteDialogProps {
  readonly room: string
  readonly members: readonly RoomMember[]
  readonly close: () => void
}

/** Brings people into the room, one after another. */
const InviteDialog = ({ room, members, close }: InviteDialogProps): ReactElement => {
  const t = useTranslations('details')
  const words = useFailureWords()
  const client = useClient()
  const [invited, setInvited] = useState<string>()
  const { error, run } = useSubmit()
  return (
    <Dialog title={t('invite')} isOpen close={close}>
      <PersonSearch
        without={new Set(members.map(({ id }) => id))}
        empty={t('everybodyIn')}
        choose={(user) =>
          run(async () => {
            await client.invite(room, user.id)
            setInvited(user.name)
          })
        }
      />
      <p role="status" className="mt-2 min-h-5 text-side text-quiet">
        {error !== undefined && <span className="text-danger">{words(error)}</span>}
        {error === undefined && invited !== undefined && t('invited', { name: invited })}
      </p>
    </Dialog>
  )
}

export default InviteDialog
