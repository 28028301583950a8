import type { Outgoing } from '@parley/client'
import { useClient, useConnection, useMe } from '@parley/client/react'
import { ExclamationTriangleIcon } from '@radix-ui/react-icons'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { Prose } from '../../markdown/prose.tsx'
import { classes } from '../../parts/classes.ts'
import { useFailureWords } from '../../session/failure-words.ts'
import { Frame } from './frame.tsx'
import { Quote } from './quote.tsx'

interface OutgoingRowProps {
  readonly outgoing: Outgoing
  readonly isFirst: boolean
}

/** A message on its way, or one that did not get there. */
export const OutgoingRow = ({ outgoing, isFirst }: OutgoingRowProps): ReactElement | null => {
  const t = useTranslations('message')
  const words = useFailureWords()
  const client = useClient()
  const me = useMe()
  const isOnline = useConnection().status === 'online'
  if (!me) return null
  const { room, id, failed } = outgoing
  return (
    <div className={classes('column px-2 wide:px-4', isFirst && 'pt-2.5')}>
      <article className="group px-2 py-[3px]" aria-busy={!failed}>
        <div className={classes(!failed && 'opacity-60')}>
          <Frame
            author={me}
            at={outgoing.writtenAt}
            isFirst={isFirst}
            quote={outgoing.replyTo && <Quote id={outgoing.replyTo} />}
          >
            <Prose text={outgoing.text} />
          </Frame>
        </div>
        {!failed && !isOnline && <p className="ps-12 text-fine text-quiet">{t('waiting')}</p>}
        {failed && (
          <p role="alert" className="flex flex-wrap items-center gap-x-3 ps-12 text-side text-danger">
            <span className="inline-flex items-center gap-1.5">
              <ExclamationTriangleIcon />
              {t('failed')} {words(failed)}
            </span>
            <button type="button" className="font-medium underline" onClick={() => client.resend(room, id)}>
              {t('tryAgain')}
            </button>
            <button type="button" className="font-medium underline" onClick={() => client.discard(room, id)}>
              {t('discard')}
            </button>
          </p>
        )}
      </article>
    </div>
  )
}
