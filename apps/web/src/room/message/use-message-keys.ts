import type { Message } from '@parley/client'
import type { KeyboardEvent } from 'react'
import { useMessageActs } from './use-message-acts.ts'

/** The keys of a message that has the focus: R replies, E edits, C copies its link. */
export const useMessageKeys = (message: Message) => {
  const acts = useMessageActs(message)
  return (event: KeyboardEvent<HTMLElement>): void => {
    if (event.target !== event.currentTarget || event.ctrlKey || event.metaKey || event.altKey) return
    const key = event.key.toLowerCase()
    if (message.deletedAt !== undefined) return
    if (key === 'r') acts.reply()
    else if (key === 'e' && acts.mayEdit) acts.edit()
    else if (key === 'c') acts.copyLink()
    else return
    event.preventDefault()
  }
}
