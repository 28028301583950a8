export type { Actor, Connection, SessionId } from './actor.ts'
export type { Answers, Bearer, ReplyStart, SignedIn, WireAnswer } from './answer.ts'
export { BadLine } from './archive/bad-line.ts'
export type { Counts } from './archive/counts.ts'
export { exportLines, importLines } from './archive/move.ts'
export type { ArchiveRecord, MessageRecord } from './archive/records.ts'
export { importedStream, otherVariants } from './archive/replies.ts'
export { assistantId, replyId } from './bots.ts'
export { type BudgetLeft, dayOf } from './budget.ts'
export { type Chat, chat } from './chat.ts'
export type { AccountRole, Command, CommandOf, Relay, WireCommand } from './command.ts'
export { argon2Passwords } from './credentials/argon2-passwords.ts'
export { joseTokens } from './credentials/jose-tokens.ts'
export { type Ending, endings } from './ending.ts'
export type { Delivery, Event } from './events.ts'
export { explain } from './explain.ts'
export { tokenBuckets } from './limits/token-buckets.ts'
export { parleyDialect } from './parley-dialect.ts'
export { type Archive, type ArchiveOptions, NotEmpty, RecordRefused, UnfinishedArchive } from './ports/archive.ts'
export type {
  ConnectionEntry,
  Connections,
  Departure,
  Target,
} from './ports/connections.ts'
export type { Company, Deed, Dialect, Hands, Misread, Request, Stay } from './ports/dialect.ts'
export type {
  Clock,
  Counter,
  Duration,
  Ids,
  Log,
  Metrics,
  Passwords,
  TokenClaims,
  Tokens,
} from './ports/environment.ts'
export type { Job, Jobs } from './ports/jobs.ts'
export type { Ledger, Usage } from './ports/ledger.ts'
export type { LimitedAct, Limits } from './ports/limits.ts'
export type { Models } from './ports/models.ts'
export type { Ports } from './ports/ports.ts'
export type { Publisher } from './ports/publisher.ts'
export type {
  Account,
  AccountChange,
  BotProfile,
  ChangeRefused,
  Draft,
  Growth,
  GrowthRefused,
  Membership,
  MessageChange,
  MessagePage,
  PageSize,
  RoomChange,
  RoomFacts,
  RoomOverview,
  Session,
  Standing,
  StoredMessage,
  Stream,
  Summary,
  Ticket,
  Variant,
} from './ports/records.ts'
export type { Sockets } from './ports/sockets.ts'
export { type Store, Unavailable } from './ports/store.ts'
export type { Reply } from './receive.ts'
export { isRefusal, type Refusal, refuse } from './refusal.ts'
export { replyUsages } from './reply-usages.ts'
export { defaultSettings, type Settings } from './settings.ts'
export { changedRoom, changedStored, fitting, foldName, general, grown, newMessage, newStored } from './store-rules.ts'
export { usageSums } from './usage-sums.ts'
