import type { Client } from '@parley/client'
import type { ConnectionRecord } from '@parley/protocol'
import { ReloadIcon } from '@radix-ui/react-icons'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { IconButton } from '../../parts/icon-button.tsx'
import { Listed } from '../listed.tsx'
import { Pane } from '../pane.tsx'
import { usePages } from '../use-pages.ts'
import { ConnectionRow } from './connection-row.tsx'

const askConnections = async (client: Client, after: string | undefined) => {
  const { connections, more } = await client.call('GET /api/connections', { query: { after } })
  return { items: connections, more }
}

/** Who is connected, and who was: the newest first. */
export const ConnectionsPage = (): ReactElement => {
  const t = useTranslations('admin')
  const pages = usePages<ConnectionRecord>(askConnections)
  return (
    <Pane
      title={t('page_connections')}
      text={t('connectionsText')}
      action={
        <IconButton label={t('refresh')} disabled={pages.isBusy} onClick={pages.reload}>
          <ReloadIcon />
        </IconButton>
      }
    >
      <Listed
        pages={pages}
        empty={t('noConnections')}
        row={(record) => <ConnectionRow key={record.id} record={record} />}
      />
    </Pane>
  )
}
