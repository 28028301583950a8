export { asyncApi } from './asyncapi.ts'
export {
  Bot,
  BotRuns,
  BotSpeaks,
  Hook,
  ModelParameters,
  ReplyUsage,
  RoomBot,
  RoomBotSettings,
  UsageSum,
} from './bot.ts'
export { type Down, DownFrame, type DownType, downFrames } from './down.ts'
export { ErrorCode } from './error-code.ts'
export { closeCodes, errorStatus, fatalCloseCodes } from './errors.ts'
export {
  Account,
  ConnectionRecord,
  type Endpoint,
  type EndpointBody,
  type EndpointName,
  type EndpointQuery,
  type EndpointResponse,
  ErrorBody,
  endpoints,
} from './http.ts'
export { type JsonSchema, upFrameModel } from './json-schema.ts'
export { limits } from './limits.ts'
export { Broadcast, Ended, Message } from './message.ts'
export { type ApiDocument, openApi } from './openapi.ts'
export { risingId } from './rising-id.ts'
export { Member, MyRoom, Room, RoomKind, RoomRole } from './room.ts'
export { RoomBotChange, roomBotDefaults } from './room-bot.ts'
export { type Action, actions, type Up, upFrames } from './up.ts'
export { SeenUser, Self, ServerRole, User, UserKind } from './user.ts'
export { protocolRevision, protocolVersion } from './version.ts'
export { isBlank } from './word-schemas.ts'
export {
  BotText,
  ConnectionId,
  Emoji,
  Instant,
  Instructions,
  MessageId,
  ModelName,
  Name,
  Password,
  Rev,
  RoomId,
  RoomName,
  Text,
  Topic,
  UserId,
} from './words.ts'
