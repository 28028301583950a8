import type { Client } from '@parley/client'
import type { EndpointResponse } from '@parley/protocol'
import { PlusIcon } from '@radix-ui/react-icons'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../parts/button.tsx'
import { Pane, PaneEmpty, PaneError, PaneLoading, Rows } from '../pane.tsx'
import { type Secret, SecretDialog } from '../secret-dialog.tsx'
import { useAsked } from '../use-asked.ts'
import { BotForm } from './bot-form.tsx'
import { BotRow } from './bot-row.tsx'

export type Bot = EndpointResponse<'GET /api/bots'>['bots'][number]

const askBots = async (client: Client) => {
  const [{ bots }, { models }] = await Promise.all([
    client.call('GET /api/bots', {}),
    client.call('GET /api/models', {}),
  ])
  return { bots: bots.filter(({ runs }) => runs !== 'hook'), models }
}

/** The bots of this server. Those that programs post as have their own part of the page. */
export const Bots = (): ReactElement => {
  const t = useTranslations('admin')
  const { asked, again } = useAsked(askBots)
  const [edited, setEdited] = useState<Bot | 'new'>()
  const [secret, setSecret] = useState<Secret>()
  const models = asked.status === 'ready' ? asked.value.models : []
  return (
    <Pane
      title={t('bots')}
      text={t('botsText')}
      action={
        <Button look="main" onClick={() => setEdited('new')}>
          <PlusIcon />
          {t('addBot')}
        </Button>
      }
    >
      {asked.status === 'loading' && <PaneLoading />}
      {asked.status === 'failed' && <PaneError error={asked.error} retry={again} />}
      {asked.status === 'ready' && asked.value.bots.length === 0 && <PaneEmpty>{t('noBots')}</PaneEmpty>}
      {asked.status === 'ready' && asked.value.bots.length > 0 && (
        <Rows>
          {asked.value.bots.map((bot) => (
            <BotRow key={bot.id} bot={bot} changed={again} edit={() => setEdited(bot)} tell={setSecret} />
          ))}
        </Rows>
      )}
      {edited && (
        <BotForm
          bot={edited === 'new' ? undefined : edited}
          models={models}
          close={() => setEdited(undefined)}
          changed={again}
          tell={setSecret}
        />
      )}
      {secret && <SecretDialog secret={secret} close={() => setSecret(undefined)} />}
    </Pane>
  )
}
