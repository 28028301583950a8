import type { Client } from '@parley/client'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { Badge, Pane, PaneEmpty, PaneError, PaneLoading, Rows } from '../pane.tsx'
import { useAsked } from '../use-asked.ts'

const askModels = (client: Client) => client.call('GET /api/models', {})

/** The models that may be chosen, the default one first. They are set where the server is started. */
export const Models = (): ReactElement => {
  const t = useTranslations('admin')
  const { asked, again } = useAsked(askModels)
  return (
    <Pane title={t('models')} text={t('modelsText')}>
      {asked.status === 'loading' && <PaneLoading />}
      {asked.status === 'failed' && <PaneError error={asked.error} retry={again} />}
      {asked.status === 'ready' && asked.value.models.length === 0 && <PaneEmpty>{t('noModels')}</PaneEmpty>}
      {asked.status === 'ready' && asked.value.models.length > 0 && (
        <>
          <Rows>
            {asked.value.models.map((model, place) => (
              <li key={model} className="flex min-h-11 items-center gap-3 px-4 py-2">
                <span className="min-w-0 flex-1 truncate font-mono text-side">{model}</span>
                {place === 0 && <Badge look="accent">{t('modelDefault')}</Badge>}
              </li>
            ))}
          </Rows>
          {!asked.value.configured && <p className="mt-3 text-side text-warm">{t('modelsUnset')}</p>}
        </>
      )}
    </Pane>
  )
}
