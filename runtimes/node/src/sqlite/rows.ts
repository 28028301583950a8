import type {
  Account,
  ConnectionEntry,
  Membership,
  RoomFacts,
  Session,
  StoredMessage,
  Stream,
  Ticket,
  Variant,
} from '@parley/core'
import type { Broadcast, Message, RoomId } from '@parley/protocol'
import { seqOf } from './place.ts'

type Maybe<T> = T | null

export interface AccountRow extends Pick<Account, 'id' | 'name' | 'kind' | 'role'> {
  readonly banned: number
  readonly created_at: string
  readonly password_hash: Maybe<string>
  readonly bot: Maybe<string>
}

export const accountOf = (row: AccountRow): Account => ({
  id: row.id,
  name: row.name,
  kind: row.kind,
  role: row.role,
  banned: row.banned === 1,
  createdAt: row.created_at,
  ...(row.password_hash !== null && { passwordHash: row.password_hash }),
  ...(row.bot !== null && { bot: JSON.parse(row.bot) as NonNullable<Account['bot']> }),
})

export interface SessionRow extends Pick<Session, 'id' | 'user'> {
  readonly created_at: string
  readonly expires_at: string
}

export const sessionOf = (row: SessionRow): Session => ({
  id: row.id,
  user: row.user,
  createdAt: row.created_at,
  expiresAt: row.expires_at,
})

export interface TicketRow extends Pick<Ticket, 'hash' | 'user' | 'session'> {
  readonly expires_at: string
}

export const ticketOf = (row: TicketRow): Ticket => ({
  hash: row.hash,
  user: row.user,
  session: row.session,
  expiresAt: row.expires_at,
})

export interface RoomRow extends Pick<RoomFacts, 'id' | 'kind' | 'name' | 'topic'> {
  readonly number: number
  readonly created_at: string
  readonly created_by: Maybe<NonNullable<RoomFacts['createdBy']>>
  readonly people: Maybe<string>
  readonly bots: Maybe<string>
  readonly bot: Maybe<string>
}

export const roomOf = (row: RoomRow): RoomFacts => ({
  id: row.id,
  kind: row.kind,
  name: row.name,
  topic: row.topic,
  createdAt: row.created_at,
  ...(row.created_by !== null && { createdBy: row.created_by }),
  ...(row.people !== null && { with: JSON.parse(row.people) as NonNullable<RoomFacts['with']> }),
  ...(row.bots !== null && { bots: JSON.parse(row.bots) as NonNullable<RoomFacts['bots']> }),
  ...(row.bot !== null && { bot: JSON.parse(row.bot) as NonNullable<RoomFacts['bot']> }),
})

export interface MemberRow extends Pick<Membership, 'user' | 'role' | 'read'> {
  readonly joined_at: string
}

export const membershipOf = (room: RoomId, row: MemberRow): Membership => ({
  room,
  user: row.user,
  role: row.role,
  joinedAt: row.joined_at,
  read: row.read,
})

export interface MessageRow extends Pick<Message, 'id' | 'rev' | 'text' | 'at'> {
  readonly place: number
  readonly sender: Message['from']['id']
  readonly sender_name: string
  readonly sender_kind: Message['from']['kind']
  readonly edited_at: Maybe<string>
  readonly deleted_at: Maybe<string>
  readonly reply_to: Maybe<Message['id']>
  readonly reactions: Maybe<string>
  readonly streaming: Maybe<number>
  readonly ended: Maybe<NonNullable<Message['ended']>>
  readonly ended_by: Maybe<NonNullable<Message['endedBy']>>
  readonly variants: Maybe<string>
  readonly bag: Maybe<string>
  /** Not null while it is streaming, with the lease and the restarts. */
  readonly run: Maybe<number>
  readonly lease_until: Maybe<string>
  readonly restarts: Maybe<number>
}

/** The columns of a {@link MessageRow}. */
export const messageColumns =
  'place, rev, id, sender, sender_name, sender_kind, text, at, edited_at, deleted_at, reply_to, reactions, ' +
  'streaming, ended, ended_by, variants, bag, run, lease_until, restarts'

export const storedOf = (room: RoomId, row: MessageRow): StoredMessage => {
  const message: Message = {
    id: row.id,
    room,
    seq: seqOf(row.place),
    rev: row.rev,
    from: { id: row.sender, name: row.sender_name, kind: row.sender_kind },
    text: row.text,
    at: row.at,
  }
  if (row.edited_at !== null) message.editedAt = row.edited_at
  if (row.deleted_at !== null) message.deletedAt = row.deleted_at
  if (row.reply_to !== null) message.replyTo = row.reply_to
  if (row.reactions !== null) message.reactions = JSON.parse(row.reactions) as NonNullable<Message['reactions']>
  if (row.streaming !== null) message.streaming = row.streaming === 1
  if (row.ended !== null) message.ended = row.ended
  if (row.ended_by !== null) message.endedBy = row.ended_by
  if (row.variants !== null) message.variants = JSON.parse(row.variants) as NonNullable<Message['variants']>
  const stored = row.bag === null ? { message } : { message, bag: row.bag }
  return row.run === null ? stored : { ...stored, stream: streamOf(row.run, row) }
}

const streamOf = (run: number, { lease_until, restarts }: MessageRow): Stream => ({
  run,
  leaseUntil: lease_until ?? '',
  restarts: restarts ?? 0,
})

export interface VariantRow {
  readonly number: number
  readonly text: string
  readonly ended: MessageRow['ended']
  readonly ended_by: MessageRow['ended_by']
}

export const variantOf = (row: VariantRow): Variant => ({
  index: row.number,
  text: row.text,
  ...(row.ended !== null && { ended: row.ended }),
  ...(row.ended_by !== null && { endedBy: row.ended_by }),
})

/** A value for a column that holds JSON, or nothing. */
export const json = (value: unknown): string | null => (value === undefined ? null : JSON.stringify(value))

export interface BroadcastRow extends Pick<Broadcast, 'id' | 'text' | 'at'> {
  readonly sender: Broadcast['from']['id']
  readonly sender_name: string
  readonly sender_kind: Broadcast['from']['kind']
}

export const broadcastOf = (row: BroadcastRow): Broadcast => ({
  id: row.id,
  from: { id: row.sender, name: row.sender_name, kind: row.sender_kind },
  text: row.text,
  at: row.at,
})

export interface ConnectionRow extends Pick<ConnectionEntry, 'id' | 'user' | 'dialect'> {
  readonly connected_at: string
  readonly disconnected_at: Maybe<string>
}

export const entryOf = (row: ConnectionRow): ConnectionEntry => ({
  id: row.id,
  user: row.user,
  dialect: row.dialect,
  connectedAt: row.connected_at,
  ...(row.disconnected_at !== null && { disconnectedAt: row.disconnected_at }),
})
