import type { MessageId, ModelParameters, RoomId, UserId } from '@parley/protocol'

/** Something that a bot is to do. The id says which: the same one again is the same job. */
export type Job =
  /**
   * Answer a prompt. `run`: the answer is a message already, of which that making is to be done. `model` and `parameters`
   * are what the asker wishes in place of what is set for the room.
   */
  | {
      readonly kind: 'reply'
      readonly id: string
      readonly room: RoomId
      readonly prompt: MessageId
      readonly bot: UserId
      readonly asker: UserId
      readonly run?: number
      readonly model?: string
      readonly parameters?: ModelParameters
    }
  /** Tell somebody what it has not read. */
  | {
      readonly kind: 'catchup'
      readonly id: string
      readonly room: RoomId
      readonly asker: UserId
      readonly note: MessageId
      /** The seq after which it was not read. */
      readonly since: number
    }

/**
 * What is to be done by and by. A job that was enqueued reaches a worker at least once, also after a crash of whoever
 * enqueued it or of a worker in the middle of it; the same id may reach one again. In no order.
 */
export interface Jobs {
  /** When the promise resolves, the jobs survive any crash. */
  enqueue(jobs: readonly Job[]): Promise<void>
}
