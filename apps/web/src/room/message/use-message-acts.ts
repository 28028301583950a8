import type { Message } from '@parley/client'
import { useClient } from '@parley/client/react'
import { useMemo } from 'react'
import { pathOf } from '../../router/address.ts'
import { focusComposer } from '../composer/focus.ts'
import { useRoomContext } from '../room-context.ts'

/** What one can do with a message, and what of it one may. */
export interface MessageActs {
  readonly mayEdit: boolean
  readonly mayDelete: boolean
  react(emoji: string, on: boolean): void
  reply(): void
  edit(): void
  delete(): void
  /** Lets a bot answer once more. */
  retry(): void
  copyLink(): void
  copyText(): void
}

const ignore = (): void => {
  // The address and the text can be copied by hand.
}

export const useMessageActs = (message: Message): MessageActs => {
  const client = useClient()
  const { room, me, mayModerate, edit, reply, act } = useRoomContext()
  return useMemo(() => {
    const isOwn = message.from.id === me
    const isThere = message.deletedAt === undefined
    return {
      mayEdit: isOwn && isThere,
      mayDelete: (isOwn || mayModerate) && isThere,
      react: (emoji, on) => act(client.react(room, message.id, emoji, on)),
      reply() {
        reply(message)
        focusComposer()
      },
      edit: () => edit(message.id),
      delete: () => act(client.delete(room, message.id)),
      retry: () => act(client.retryReply(room, message.id)),
      copyLink: () =>
        void navigator.clipboard
          ?.writeText(location.origin + pathOf({ at: 'room', room, seq: message.seq }))
          .catch(ignore),
      copyText: () => void navigator.clipboard?.writeText(message.text).catch(ignore),
    }
  }, [client, room, me, mayModerate, edit, reply, act, message])
}
