import type { Message } from '@parley/client'
import { createContext, use } from 'react'

/** What the parts of a room share: which room it is, and what one is doing in it. */
export interface RoomContextValue {
  readonly room: string
  readonly me: string
  /** Whether one may delete what others wrote, remove people and change what the room is. */
  readonly mayModerate: boolean
  /** The message one is changing. */
  readonly editing: string | undefined
  readonly edit: (id: string | undefined) => void
  readonly reply: (message: Message | undefined) => void
  readonly replyingTo: Message | undefined
  /** Does something that the server may refuse, and says so when it does. */
  readonly act: (what: Promise<unknown>) => void
  /** A message that an address led to. */
  readonly target: number | undefined
}

const RoomContext = createContext<RoomContextValue | undefined>(undefined)

export const RoomProvider = RoomContext.Provider

/** @throws Error outside a room */
export const useRoomContext = (): RoomContextValue => {
  const value = use(RoomContext)
  if (!value) throw new Error('This part belongs inside a room.')
  return value
}
