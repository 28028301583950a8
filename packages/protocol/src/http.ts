import { z } from 'zod'
import { Bot, BotRuns, Hook, ReplyUsage, RoomBotSettings, UsageSum } from './bot.ts'
import { ErrorCode } from './error-code.ts'
import { limits } from './limits.ts'
import { Broadcast, Message } from './message.ts'
import { MyRoom, Room } from './room.ts'
import { SeenUser, Self, ServerRole, User } from './user.ts'
import { units } from './word-schemas.ts'
import {
  ConnectionId,
  Instant,
  Instructions,
  MessageId,
  ModelName,
  Name,
  Password,
  Rev,
  RoomId,
  Text,
  UserId,
} from './words.ts'

const session = z.object({ token: z.string(), expiresAt: Instant, user: Self }).meta({ id: 'Session' })

/** What a link carries that lets somebody in once. */
const secret = units(2_000).min(1)

/** A whole number in a query: digits only, so that `?limit=` and `?limit=0x10` are refused. */
const queried = <T extends z.ZodNumber>(schema: T) =>
  z
    .string()
    .regex(/^[0-9]{1,16}$/, 'a whole number')
    .transform(Number)
    .pipe(schema)
const limit = queried(z.int().min(1).max(limits.pageMax)).optional()
const seq = queried(Rev).optional()

/** The record of a connection, kept after its end. `text` is there for public rooms only. */
export const ConnectionRecord = z
  .object({
    id: ConnectionId,
    user: User,
    dialect: z.string(),
    connectedAt: Instant,
    disconnectedAt: Instant.nullable(),
    latestMessage: z.object({ room: RoomId, at: Instant, text: z.string().optional() }).nullable(),
    latestBroadcast: z.object({ text: z.string(), at: Instant }).nullable(),
  })
  .meta({ id: 'ConnectionRecord' })
export type ConnectionRecord = z.infer<typeof ConnectionRecord>

/** A room as a list shows it: with the own marker where one is a member. */
const ListedRoom = z.union([MyRoom.extend({ member: z.literal(true) }), Room.extend({ member: z.literal(false) })])

/** An account or bot, as admins see it. */
export const Account = Self.extend({ banned: z.boolean(), createdAt: Instant }).meta({ id: 'Account' })
export type Account = z.infer<typeof Account>

/** The body of every answer that is a refusal. */
export const ErrorBody = z
  .object({ error: z.object({ code: ErrorCode, message: z.string() }) })
  .meta({ id: 'ErrorBody' })

/**
 * The HTTP API: for each end point who may call it (`bearer`: a token; `admin`: a server admin's token), what it takes
 * and what it answers. The routes of `packages/api` and `/api/openapi.json` are both made from this table.
 */
export const endpoints = {
  'POST /api/guests': { auth: 'none', body: z.strictObject({ name: Name }), status: 201, response: session },
  'POST /api/login': {
    auth: 'none',
    body: z.strictObject({ username: units(400).min(1), password: units(limits.passwordMaxUnits) }),
    status: 200,
    response: session,
  },
  'POST /api/renew': { auth: 'bearer', status: 200, response: session },
  'POST /api/logout': { auth: 'bearer', status: 204 },
  'POST /api/password': {
    auth: 'bearer',
    body: z.strictObject({ current: units(limits.passwordMaxUnits), password: Password }),
    status: 204,
  },
  'POST /api/tickets': {
    auth: 'bearer',
    status: 201,
    response: z.object({ ticket: z.string(), expiresAt: Instant }).meta({ id: 'Ticket' }),
  },
  'GET /api/me': { auth: 'bearer', status: 200, response: z.object({ user: Self }) },
  'GET /api/rooms': {
    auth: 'bearer',
    query: z.strictObject({ after: RoomId.optional() }),
    status: 200,
    response: z.object({
      rooms: z.array(ListedRoom),
      more: z.boolean(),
    }),
  },
  'GET /api/rooms/{room}': {
    auth: 'bearer',
    status: 200,
    response: z.object({ room: ListedRoom }),
  },
  'GET /api/rooms/{room}/bot': {
    auth: 'bearer',
    status: 200,
    response: z.object({ bot: RoomBotSettings, models: z.array(ModelName) }),
  },
  'GET /api/rooms/{room}/messages/{message}/usage': {
    auth: 'admin',
    status: 200,
    response: z.object({ usage: z.array(ReplyUsage) }),
  },
  'GET /api/rooms/{room}/messages': {
    auth: 'bearer',
    query: z
      .strictObject({ before: seq, after: seq, limit })
      .refine(({ before, after }) => before === undefined || after === undefined, 'before or after, not both'),
    status: 200,
    response: z.object({ messages: z.array(Message), rev: Rev, more: z.boolean() }),
  },
  'POST /api/rooms/{room}/messages': {
    auth: 'bearer',
    body: z.strictObject({ id: MessageId.optional(), text: Text, replyTo: MessageId.optional() }),
    status: 201,
    response: z.object({ room: RoomId, rev: Rev, message: Message }),
  },
  'GET /api/users': {
    auth: 'bearer',
    query: z.strictObject({
      q: units(limits.nameCharacters * 4).optional(),
    }),
    status: 200,
    response: z.object({ users: z.array(SeenUser), more: z.boolean() }),
  },
  'POST /api/broadcasts': {
    auth: 'admin',
    body: z.strictObject({ text: Text }),
    status: 201,
    response: z.object({ broadcast: Broadcast }),
  },
  'GET /api/connections': {
    auth: 'admin',
    query: z.strictObject({ after: ConnectionId.optional() }),
    status: 200,
    response: z.object({ connections: z.array(ConnectionRecord), more: z.boolean() }),
  },
  'GET /api/accounts': {
    auth: 'admin',
    query: z.strictObject({ after: UserId.optional() }),
    status: 200,
    response: z.object({ accounts: z.array(Account), more: z.boolean() }),
  },
  'POST /api/accounts': {
    auth: 'admin',
    body: z.strictObject({ name: Name, password: Password, role: ServerRole.exclude(['guest']).optional() }),
    status: 201,
    response: z.object({ account: Account }),
  },
  'PATCH /api/accounts/{user}': {
    auth: 'admin',
    body: z.strictObject({
      role: ServerRole.exclude(['guest']).optional(),
      banned: z.boolean().optional(),
      password: Password.optional(),
    }),
    status: 200,
    response: z.object({ account: Account }),
  },
  'POST /api/accounts/{user}/password-link': {
    auth: 'admin',
    status: 201,
    response: z.object({ secret: z.string(), expiresAt: Instant }).meta({ id: 'PasswordLink' }),
  },
  'POST /api/password-links': {
    auth: 'none',
    body: z.strictObject({ secret, password: Password }),
    status: 200,
    response: session,
  },
  'POST /api/first-owner': {
    auth: 'none',
    body: z.strictObject({ secret, name: Name, password: Password }),
    status: 201,
    response: session,
  },
  'GET /api/bots': { auth: 'admin', status: 200, response: z.object({ bots: z.array(Bot) }) },
  'POST /api/bots': {
    auth: 'admin',
    body: z.strictObject({
      name: Name,
      runs: BotRuns.exclude(['hook']),
      model: ModelName.optional(),
      instructions: Instructions.optional(),
    }),
    status: 201,
    response: z.object({ bot: Bot }),
  },
  'PATCH /api/bots/{user}': {
    auth: 'admin',
    body: z.strictObject({
      name: Name.optional(),
      model: ModelName.nullable().optional(),
      instructions: Instructions.nullable().optional(),
      banned: z.boolean().optional(),
    }),
    status: 200,
    response: z.object({ bot: Bot }),
  },
  'POST /api/bots/{user}/tokens': {
    auth: 'admin',
    status: 201,
    response: z.object({ token: z.string(), expiresAt: Instant }).meta({ id: 'BotToken' }),
  },
  'GET /api/models': {
    auth: 'bearer',
    status: 200,
    response: z.object({ models: z.array(ModelName), configured: z.boolean() }),
  },
  'GET /api/usage': {
    auth: 'admin',
    query: z.strictObject({ from: z.iso.date().optional(), to: z.iso.date().optional() }),
    status: 200,
    response: z.object({
      from: z.iso.date(),
      to: z.iso.date(),
      usage: z.array(UsageSum),
      budgets: z.object({ person: z.int().nullable(), room: z.int().nullable() }),
    }),
  },
  'GET /api/hooks': { auth: 'admin', status: 200, response: z.object({ hooks: z.array(Hook) }) },
  'POST /api/hooks': {
    auth: 'admin',
    body: z.strictObject({ room: RoomId, name: Name }),
    status: 201,
    response: z.object({ hook: Hook, secret: z.string() }),
  },
  'DELETE /api/hooks/{user}': { auth: 'admin', status: 204 },
  'POST /api/hooks/{secret}': {
    auth: 'none',
    body: z.strictObject({ text: Text }),
    status: 201,
    response: z.object({ room: RoomId, rev: Rev, message: Message }),
  },
  'GET /api/health': {
    auth: 'none',
    status: 200,
    response: z.object({ status: z.enum(['ok', 'failing']), version: z.string() }).meta({ id: 'Health' }),
  },
} as const satisfies Record<string, Endpoint>

/** One end point of the table. */
export interface Endpoint {
  readonly auth: 'none' | 'bearer' | 'admin'
  readonly query?: z.ZodType
  readonly body?: z.ZodType
  readonly status: number
  readonly response?: z.ZodType
}

/** An end point by its method and path; `{room}` and `{user}` stand for ids. */
export type EndpointName = keyof typeof endpoints

type Part<N extends EndpointName, P extends 'query' | 'body' | 'response'> =
  (typeof endpoints)[N] extends Record<P, infer S extends z.ZodType> ? z.output<S> : undefined

/** What an end point takes once it is checked, and what it answers; undefined where the table has nothing. */
export type EndpointQuery<N extends EndpointName> = Part<N, 'query'>
export type EndpointBody<N extends EndpointName> = Part<N, 'body'>
export type EndpointResponse<N extends EndpointName> = Part<N, 'response'>
