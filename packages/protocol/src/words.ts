import type { z } from 'zod'
import { words } from './word-schemas.ts'

export const Name = words.Name()
export const RoomName = words.RoomName()
export const Topic = words.Topic()
export const Text = words.Text()
export const BotText = words.BotText()
export const Instructions = words.Instructions()
export const ModelName = words.ModelName()
export const Emoji = words.Emoji()
export const RoomId = words.RoomId()
export type RoomId = z.infer<typeof RoomId>
export const UserId = words.UserId()
export type UserId = z.infer<typeof UserId>
export const MessageId = words.MessageId()
export type MessageId = z.infer<typeof MessageId>
export const ConnectionId = words.ConnectionId()
export type ConnectionId = z.infer<typeof ConnectionId>
export const Rev = words.Rev()
export const Instant = words.Instant()
export const Ref = words.Ref()
export const Password = words.Password()
