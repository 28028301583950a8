import {
  BotRuns,
  type Broadcast,
  Emoji,
  Ended,
  Instant,
  Instructions,
  limits,
  type Message,
  MessageId,
  ModelName,
  Name,
  RoomBotSettings,
  RoomId,
  RoomKind,
  RoomName,
  RoomRole,
  ServerRole,
  Text,
  Topic,
  UserId,
  UserKind,
} from '@parley/protocol'
import { z } from 'zod'
import type { Account, BotProfile, Membership, RoomFacts, Variant } from '../ports/records.ts'

/** The version of the format, in the first line of a file. Files of an older one stay readable. */
export const archiveVersion = 1

/** What every store can count to: a billion changes of a room. */
const revMax = 2 ** 30 - 1

/** Says that an object of a schema has these fields and no others. */
type Fields<T> = Record<keyof T, z.ZodType>

/** A string that the wire would take as it is: one that it would trim or normalize was never stored. */
const kept = (schema: z.ZodType<string, string>) =>
  z.string().superRefine((value, context) => {
    const parsed = schema.safeParse(value)
    if (!parsed.success) context.addIssue(parsed.error.issues[0]?.message ?? 'not understood')
    else if (parsed.data !== value) context.addIssue('has spaces around it, or is not NFC')
  })
const wellFormed = z.string().refine((value) => value.isWellFormed(), 'no lone surrogates')
const instant = Instant.length(24, 'an instant has milliseconds')
const rev = z.int().min(1).max(revMax)
const different = <T extends z.ZodType>(of: T) =>
  z.array(of).refine((list) => new Set(list).size === list.length, 'the same one twice')
const speaker = z.strictObject({ id: UserId, name: kept(Name), kind: UserKind } satisfies Fields<Message['from']>)

/** Opaque: printable ASCII, as all hashes of passwords are. */
const passwordHash = z.string().regex(/^[!-~]{1,512}$/, 'not a hash of a password')

/** SHA-256 in base64url. */
const digest = z.string().regex(/^[\w-]{43}$/, 'not a digest of a secret')
const botProfile = z.strictObject({
  runs: BotRuns,
  model: ModelName.exactOptional(),
  instructions: Instructions.exactOptional(),
  hook: z.strictObject({ room: RoomId, hash: digest }).exactOptional(),
} satisfies Fields<BotProfile>)

const directPeople = different(UserId).min(1).max(limits.directPeople).readonly()
/** JSON knows no undefined: what is left out is not there. */
const roomBot = RoomBotSettings.partial().strict() as unknown as z.ZodType<NonNullable<RoomFacts['bot']>>

export const UserRecord = z
  .strictObject({
    type: z.literal('user'),
    id: UserId,
    name: kept(Name),
    kind: UserKind,
    role: ServerRole,
    banned: z.boolean(),
    createdAt: instant,
    passwordHash: passwordHash.exactOptional(),
    bot: botProfile.exactOptional(),
  } satisfies Fields<Account & { type: 'user' }>)
  .refine(({ kind, role }) => (kind === 'guest') === (role === 'guest'), 'only guests have the role of a guest')
  .refine(({ kind, passwordHash }) => kind === 'person' || passwordHash === undefined, 'only people have passwords')

export const RoomRecord = z
  .strictObject({
    type: z.literal('room'),
    id: RoomId,
    kind: RoomKind,
    name: z.union([z.literal(''), kept(RoomName)], '1 to 80 characters, NFC'),
    topic: kept(Topic),
    createdAt: instant,
    createdBy: UserId.exactOptional(),
    with: directPeople.exactOptional(),
    bots: directPeople.exactOptional(),
    bot: roomBot.exactOptional(),
  } satisfies Fields<RoomFacts & { type: 'room' }>)
  .refine(
    ({ kind, with: people }) => (kind === 'direct') === (people !== undefined),
    'direct rooms, and no others, say with whom',
  )
  .refine(({ kind, name }) => (kind === 'direct') === (name === ''), 'direct rooms, and no others, have an empty name')
  .refine(({ with: people = [], bots = [] }) => bots.every((id) => people.includes(id)), {
    path: ['bots'],
    error: 'are of those with whom it is',
  })

export const MemberRecord = z.strictObject({
  type: z.literal('member'),
  room: RoomId,
  user: UserId,
  role: RoomRole,
  joinedAt: instant,
  read: rev.or(z.literal(0)),
} satisfies Fields<Membership & { type: 'member' }>)

const BotText = wellFormed.refine(
  (text) => text.length <= limits.botTextUnits && !/[^\P{Cc}\n\t]/u.test(text),
  `at most ${limits.botTextUnits} UTF-16 units, no control characters but newline and tab`,
)
const reactions = z.record(Emoji, different(UserId).min(1)).refine((all) => {
  const lists = Object.values(all)
  const count = lists.reduce((sum, list) => sum + list.length, 0)
  return count > 0 && count <= limits.reactionsPerMessage && lists.length <= limits.emojiPerMessage
}, `1 to ${limits.reactionsPerMessage} reactions, of ${limits.emojiPerMessage} emoji at most`)

/** By index, as they lie in a file. */
const others = z
  .array(
    z.strictObject({
      index: z.int().min(0).max(revMax),
      text: BotText,
      ended: Ended.exactOptional(),
      endedBy: UserId.exactOptional(),
    } satisfies Fields<Variant>),
  )
  .min(1)
  .refine(
    (list) => list.every(({ index }, n) => n === 0 || index > (list[n - 1]?.index ?? 0)),
    'come by index, each once',
  )
  .readonly()

export const MessageRecord = z
  .strictObject({
    type: z.literal('message'),
    room: RoomId,
    seq: rev,
    rev,
    id: MessageId,
    from: speaker,
    text: z.string(),
    at: instant,
    editedAt: instant.optional(),
    deletedAt: instant.optional(),
    replyTo: MessageId.optional(),
    reactions: reactions.optional(),
    streaming: z.boolean().optional(),
    ended: Ended.optional(),
    endedBy: UserId.optional(),
    variants: z.strictObject({ index: z.int().min(0).max(revMax), count: z.int().min(1).max(revMax) }).optional(),
    others: others.exactOptional(),
    origin: wellFormed.min(1).max(128).exactOptional(),
    bag: wellFormed.refine((bag) => Buffer.byteLength(bag) <= 2_048, 'at most 2 KB').exactOptional(),
  } satisfies Fields<Message & { type: 'message'; others?: readonly Variant[]; origin?: string; bag?: string }>)
  .refine(({ seq, rev }) => rev >= seq, { path: ['rev'], error: 'is below seq' })
  .refine(
    ({ others = [], variants }) =>
      others.every(({ index }) => variants && index < variants.count && index !== variants.index),
    { path: ['others'], error: 'are variants besides the one that is shown' },
  )
  .superRefine(({ from, text, deletedAt, editedAt, reactions, others }, context) => {
    if (deletedAt !== undefined) {
      if (text !== '' || editedAt !== undefined || reactions !== undefined || others !== undefined) {
        context.addIssue({ code: 'custom', message: 'a deleted message has no text, no edit and no reactions' })
      }
      return
    }
    const issue = (from.kind === 'bot' ? BotText : Text).safeParse(text).error?.issues[0]
    const message = issue?.message === 'too_large' ? `at most ${limits.textUnits} UTF-16 units` : issue?.message
    if (message !== undefined) context.addIssue({ code: 'custom', path: ['text'], message })
  })

export const BroadcastRecord = z.strictObject({
  type: z.literal('broadcast'),
  id: MessageId,
  from: speaker,
  text: Text,
  at: instant,
} satisfies Fields<Broadcast & { type: 'broadcast' }>)

export const Header = z.strictObject({
  parley: z.literal('export'),
  version: z.literal(archiveVersion),
  /** Whether users come with the hashes of their passwords. */
  passwords: z.boolean(),
})

const count = z.int().min(0)
export const End = z.strictObject({
  type: z.literal('end'),
  users: count,
  rooms: count,
  members: count,
  messages: count,
  broadcasts: count,
})

/** What each kind of record looks like. */
export const recordSchemas = {
  user: UserRecord,
  room: RoomRecord,
  member: MemberRecord,
  message: MessageRecord,
  broadcast: BroadcastRecord,
} as const

export type UserRecord = z.infer<typeof UserRecord>
export type RoomRecord = z.infer<typeof RoomRecord>
export type MemberRecord = z.infer<typeof MemberRecord>
export type MessageRecord = z.infer<typeof MessageRecord>
export type BroadcastRecord = z.infer<typeof BroadcastRecord>

/** One thing that is kept. */
export type ArchiveRecord = UserRecord | RoomRecord | MemberRecord | MessageRecord | BroadcastRecord
