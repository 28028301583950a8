import type { ConnectionId } from '@parley/protocol'

/**
 * The open sockets, by connection id.
 *
 * `send` hands over and does not wait for the reader; frames to one connection keep their order. A socket that does not
 * take what it is sent is closed, and its host reports it by `chat.close`.
 */
export interface Sockets {
  /** Sends one frame to each; the ids of those that are gone come back. */
  send(to: readonly ConnectionId[], frame: string): Promise<readonly ConnectionId[]>
  /** Sends what is waiting, then closes. Nothing happens when it is gone. */
  close(id: ConnectionId, code: number, reason: string): Promise<void>
}
