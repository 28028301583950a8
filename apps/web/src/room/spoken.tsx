import type { Message } from '@parley/client'
import { useEvent } from '@parley/client/react'
import { type ReactElement, useEffect, useRef, useState } from 'react'
import { useTranslations } from 'use-intl'
import { useRoomContext } from './room-context.ts'

/** Screen readers hear of new messages at most this often. */
const everyMs = 4_000

/** Says new messages of the open room to screen readers: one by its words, several at once by their number. */
export const Spoken = (): ReactElement => {
  const t = useTranslations('room')
  const { room, me } = useRoomContext()
  const [said, say] = useState('')
  const waiting = useRef<Message[]>([])
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const speak = (): void => {
    const heard = waiting.current
    waiting.current = []
    timer.current = undefined
    const [only] = heard
    if (heard.length > 1) say(t('newCount', { count: heard.length }))
    else if (only) say(t('spoke', { name: only.from.name, text: only.text.slice(0, 300) }))
  }
  useEvent('message', ({ room: where, message, change }) => {
    const isFinished = change === 'changed' && message.ended !== undefined
    const isNew = change === 'created' && !message.streaming
    if (where !== room || message.from.id === me || !(isNew || isFinished)) return
    waiting.current.push(message)
    timer.current ??= setTimeout(speak, said === '' ? 300 : everyMs)
  })
  useEffect(() => () => clearTimeout(timer.current), [])
  return (
    <div className="sr-only" role="log" aria-live="polite">
      {said}
    </div>
  )
}
