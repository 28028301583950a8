import { useClient, useNotes } from '@parley/client/react'
import { Cross2Icon, EyeNoneIcon } from '@radix-ui/react-icons'
import type { ReactElement } from 'react'
import { useTranslations } from 'use-intl'
import { Prose } from '../markdown/prose.tsx'
import { IconButton } from '../parts/icon-button.tsx'
import { useSmoothText } from './message/use-smooth-text.ts'
import { useRoomContext } from './room-context.ts'

const NoteText = ({ text, isGrowing }: { readonly text: string; readonly isGrowing: boolean }): ReactElement => (
  <Prose text={useSmoothText(text, isGrowing)} isGrowing={isGrowing} />
)

/** What the assistant says to oneself alone: above the composer, until it is put away. */
export const Notes = (): ReactElement | null => {
  const t = useTranslations('model')
  const client = useClient()
  const { room } = useRoomContext()
  const notes = useNotes(room)
  if (notes.length === 0) return null
  return (
    <div className="column shrink-0 px-3 pb-2 wide:px-6">
      {notes.map(({ id, text, isGrowing }) => (
        <aside
          key={id}
          aria-label={t('noteTitle')}
          className="rising mt-2 rounded-xl border border-line bg-accent-ground"
        >
          <div className="flex items-center gap-2 ps-4 pe-1.5 pt-1 text-side font-medium text-accent">
            <EyeNoneIcon />
            <span className="flex-1">{t('noteTitle')}</span>
            <IconButton label={t('dismiss')} size="small" onClick={() => client.dismiss(room, id)}>
              <Cross2Icon />
            </IconButton>
          </div>
          <div className="max-h-[40dvh] overflow-y-auto px-4 pb-3">
            <NoteText text={text} isGrowing={isGrowing} />
          </div>
        </aside>
      ))}
    </div>
  )
}
