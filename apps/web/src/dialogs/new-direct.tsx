import type { User } from '@parley/client'
import { useClient, useMe } from '@parley/client/react'
import { Cross2Icon } from '@radix-ui/react-icons'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../parts/button.tsx'
import { Dialog, DialogFoot } from '../parts/dialog.tsx'
import { PersonSearch } from '../people/person-search.tsx'
import { go } from '../router/router.ts'
import { useFailureWords } from '../session/failure-words.ts'
import { useSubmit } from '../session/use-submit.ts'
import type { DialogPageProps } from './dialogs.tsx'

/** Chooses whom to talk to, and opens the room with them. */
const NewDirect = ({ close }: DialogPageProps): ReactElement => {
  const t = useTranslations('create')
  const details = useTranslations('details')
  const words = useFailureWords()
  const client = useClient()
  const me = useMe()
  const [chosen, setChosen] = useState<readonly User[]>([])
  const { isBusy, error, run } = useSubmit()
  return (
    <Dialog title={t('directTitle')} text={t('directText')} isOpen close={close}>
      {chosen.length > 0 && (
        <ul className="mb-3 flex flex-wrap gap-1.5">
          {chosen.map(({ id, name }) => (
            <li key={id}>
              <button
                type="button"
                onClick={() => setChosen(chosen.filter((one) => one.id !== id))}
                className="inline-flex h-7 items-center gap-1.5 rounded-full bg-accent-ground px-3 text-side text-accent"
              >
                {name}
                <Cross2Icon width={12} height={12} />
              </button>
            </li>
          ))}
        </ul>
      )}
      <PersonSearch
        without={new Set([me?.id ?? '', ...chosen.map(({ id }) => id)])}
        empty={details('nobody')}
        choose={(user) => setChosen([...chosen, user])}
      />
      {error !== undefined && <p className="mt-2 text-side text-danger">{words(error)}</p>}
      <DialogFoot>
        <Button
          look="main"
          disabled={isBusy || chosen.length === 0}
          onClick={() =>
            run(async () => {
              const { id } = await client.direct(chosen.map((user) => user.id))
              close()
              go({ at: 'room', room: id })
            })
          }
        >
          {t('start')}
        </Button>
      </DialogFoot>
    </Dialog>
  )
}

export default NewDirect
