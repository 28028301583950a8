import type { Account, Client } from '@parley/client'
import { PlusIcon } from '@radix-ui/react-icons'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../parts/button.tsx'
import { Listed } from '../listed.tsx'
import { Pane } from '../pane.tsx'
import { type Secret, SecretDialog } from '../secret-dialog.tsx'
import { usePages } from '../use-pages.ts'
import { AddPerson } from './add-person.tsx'
import { PersonRow } from './person-row.tsx'

const askPeople = async (client: Client, after: string | undefined) => {
  const { accounts, more } = await client.call('GET /api/accounts', { query: { after } })
  return { items: accounts, more }
}

/** Everybody with an account: adds them, names admins, keeps people out, and helps who has lost a password. */
export const PeoplePage = (): ReactElement => {
  const t = useTranslations('admin')
  const pages = usePages<Account>(askPeople)
  const [isAdding, setAdding] = useState(false)
  const [secret, setSecret] = useState<Secret>()
  const put = (account: Account): void =>
    pages.change((items) =>
      items.some(({ id }) => id === account.id)
        ? items.map((one) => (one.id === account.id ? account : one))
        : [...items, account],
    )
  const people = pages.items.filter(({ kind }) => kind !== 'bot')
  return (
    <Pane
      title={t('page_people')}
      text={t('peopleText')}
      action={
        <Button look="main" onClick={() => setAdding(true)}>
          <PlusIcon />
          {t('addPerson')}
        </Button>
      }
    >
      <Listed
        pages={{ ...pages, items: people }}
        empty={t('noPeople')}
        row={(account) => <PersonRow key={account.id} account={account} put={put} tell={setSecret} />}
      />
      {isAdding && <AddPerson close={() => setAdding(false)} put={put} tell={setSecret} />}
      {secret && <SecretDialog secret={secret} close={() => setSecret(undefined)} />}
    </Pane>
  )
}
