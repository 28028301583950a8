import type { Message } from '@parley/client'
import { useClient } from '@parley/client/react'
import { type ReactElement, useState } from 'react'
import { useTranslations } from 'use-intl'
import { Button } from '../../parts/button.tsx'
import { GrowingInput } from '../../parts/growing-input.tsx'
import { useFailureWords } from '../../session/failure-words.ts'
import { useSubmit } from '../../session/use-submit.ts'
import { focusComposer } from '../composer/focus.ts'
import { useRoomContext } from '../room-context.ts'

/** Changes the text of a message, in its place. */
export const MessageEditor = ({ message }: { readonly message: Message }): ReactElement => {
  const t = useTranslations('message')
  const words = useFailureWords()
  const client = useClient()
  const { room, edit } = useRoomContext()
  const [text, setText] = useState(message.text)
  const { isBusy, error, run } = useSubmit()
  const end = (): void => {
    edit(undefined)
    focusComposer()
  }
  const save = (): void => {
    run(async () => {
      if (text.trim() !== '' && text !== message.text) await client.edit(room, message.id, text)
      end()
    })
  }
  return (
    <form
      className="my-1"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <GrowingInput
        label={t('editLabel')}
        value={text}
        setValue={setText}
        autoFocus
        onKeyDown={(event) => {
          if (event.nativeEvent.isComposing) return
          if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault()
            save()
          } else if (event.key === 'Escape') {
            event.stopPropagation()
            end()
          }
        }}
        className="rounded-lg border border-edge/60 bg-raised px-3 py-2"
      />
      <div className="mt-2 flex items-center gap-2">
        <Button type="submit" look="main" className="h-8 px-3 text-side" disabled={isBusy || text.trim() === ''}>
          {t('save')}
        </Button>
        <Button look="quiet" className="h-8 px-3 text-side" onClick={end}>
          {t('cancel')}
        </Button>
        <span className="text-fine text-quiet">{error === undefined ? t('editHint') : words(error)}</span>
      </div>
    </form>
  )
}
