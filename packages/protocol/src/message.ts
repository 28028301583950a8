import { z } from 'zod'
import { User } from './user.ts'
import { words } from './word-schemas.ts'
import { Instant, MessageId, Rev, RoomId, UserId } from './words.ts'

/** How a bot's reply came to its end. */
export const Ended = words.Ended()
export type Ended = z.infer<typeof Ended>

/**
 * A message as it stands. `seq` is the rev at which it was created, `rev` the latest to touch it; `at` rises strictly in
 * a room; `from` is as it was at sending. A deleted message keeps its place with an empty text and no reactions.
 */
export const Message = z
  .object({
    id: MessageId,
    room: RoomId,
    seq: Rev,
    rev: Rev,
    from: User,
    text: z.string(),
    at: Instant,
    editedAt: Instant.optional(),
    deletedAt: Instant.optional(),
    replyTo: MessageId.optional(),
    reactions: z.record(z.string(), z.array(UserId)).optional(),
    streaming: z.boolean().optional(),
    ended: Ended.optional(),
    endedBy: UserId.optional(),
    variants: z.object({ index: z.int().min(0), count: z.int().min(1) }).optional(),
  })
  .meta({ id: 'Message' })
export type Message = z.infer<typeof Message>

/** What an admin said to everybody connected. */
export const Broadcast = z
  .object({ id: MessageId, from: User, text: z.string(), at: Instant })
  .meta({ id: 'Broadcast' })
export type Broadcast = z.infer<typeof Broadcast>
