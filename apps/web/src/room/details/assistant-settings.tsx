import { useClient } from '@parley/client/react'
import { ChevronDownIcon } from '@radix-ui/react-icons'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useFailureWords } from '../../session/failure-words.ts'
import { AssistantForm, type AssistantFormProps } from './assistant-form.tsx'

/** How the assistant behaves in this room, for its admins: asked for when it is opened. */
export const AssistantSettings = ({ room }: { readonly room: string }): ReactElement => {
  const t = useTranslations('assistant')
  const words = useFailureWords()
  const client = useClient()
  const [isOpen, setOpen] = useState(false)
  const [held, setHeld] = useState<Pick<AssistantFormProps, 'bot' | 'models'>>()
  const [error, setError] = useState<unknown>()
  useEffect(() => {
    if (!isOpen) return
    let isCurrent = true
    client.call('GET /api/rooms/{room}/bot', { params: { room } }).then(
      (answer) => isCurrent && setHeld(answer),
      (thrown) => isCurrent && setError(thrown),
    )
    return () => {
      isCurrent = false
    }
  }, [client, room, isOpen])
  const section = useRef<HTMLElement>(null)
  const isShown = isOpen && held !== undefined
  useEffect(() => {
    // It opens at the foot of a list that may be long: what one asked for is to be seen.
    if (isShown) section.current?.scrollIntoView({ block: 'start' })
  }, [isShown])
  return (
    <section ref={section} className="mt-3">
      <button
        type="button"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
        className="flex h-9 w-full items-center rounded-lg px-3 text-side font-semibold hover:bg-hover"
      >
        <span className="flex-1 text-start">{t('title')}</span>
        <ChevronDownIcon className={isOpen ? 'rotate-180 text-quiet' : 'text-quiet'} />
      </button>
      {isOpen && error !== undefined && <p className="px-3 text-side text-danger">{words(error)}</p>}
      {isOpen && held && <AssistantForm room={room} {...held} />}
    </section>
  )
}
