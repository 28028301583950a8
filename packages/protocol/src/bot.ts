import { z } from 'zod'
import { modelParameters } from './room-bot.ts'
import { words } from './word-schemas.ts'
import { Instant, Instructions, ModelName, Name, RoomId, UserId } from './words.ts'

/** What a model may be set to. What is left out is for the model's own defaults; the owner's limits hold for all. */
export const ModelParameters = z.strictObject(modelParameters()).meta({ id: 'ModelParameters' })
export type ModelParameters = z.infer<typeof ModelParameters>

/** When bots of this server speak in a room, each including the ones before it. Direct rooms with a bot: `always`. */
export const BotSpeaks = words.BotSpeaks()
export type BotSpeaks = z.infer<typeof BotSpeaks>

/** How the bots of this server behave in a room. */
export const RoomBot = z
  .object({
    speaks: BotSpeaks,
    asks: words.BotAsks(),
    stops: words.BotStops(),
    /** Whether other bots are answered too. */
    answersBots: z.boolean(),
    /** Who speaks where nobody is named; left out: the assistant. */
    bot: UserId.optional(),
    model: ModelName.optional(),
  })
  .meta({ id: 'RoomBot' })
export type RoomBot = z.infer<typeof RoomBot>

/** All that is set for the bots of a room; the parts that only its admins see included. */
export const RoomBotSettings = RoomBot.extend({
  ...ModelParameters.shape,
  instructions: Instructions.optional(),
}).meta({ id: 'RoomBotSettings' })
export type RoomBotSettings = z.infer<typeof RoomBotSettings>

/** `here`: the server lets a model speak for it; `outside`: a program with its token; `hook`: whoever has its address. */
export const BotRuns = z.enum(['here', 'outside', 'hook']).meta({ id: 'BotRuns' })
export type BotRuns = z.infer<typeof BotRuns>

/** A bot, as admins see it. */
export const Bot = z
  .object({
    id: UserId,
    name: z.string(),
    runs: BotRuns,
    model: ModelName.optional(),
    instructions: Instructions.optional(),
    banned: z.boolean(),
    createdAt: Instant,
  })
  .meta({ id: 'Bot' })
export type Bot = z.infer<typeof Bot>

/** A webhook: an address by which programs say something in one room. */
export const Hook = z.object({ id: UserId, name: Name, room: RoomId, createdAt: Instant }).meta({ id: 'Hook' })
export type Hook = z.infer<typeof Hook>

const tokens = z.int().min(0)
/** US dollars; null where the price of the model is not known. */
const cost = z.number().min(0).nullable()

/** What the replies of one model to one person in one room on one day have used. */
export const UsageSum = z
  .object({
    /** A day of UTC, like 2026-11-21. */
    day: z.iso.date(),
    room: RoomId,
    user: UserId,
    bot: UserId,
    model: ModelName,
    replies: z.int().min(0),
    tokensIn: tokens,
    tokensOut: tokens,
    cost,
  })
  .meta({ id: 'UsageSum' })
export type UsageSum = z.infer<typeof UsageSum>

/** What one reply has used. `estimated`: the provider did not say, so it was counted here. */
export const ReplyUsage = z
  .object({
    model: ModelName,
    at: Instant,
    variant: z.int().min(0),
    tokensIn: tokens,
    tokensOut: tokens,
    cost,
    estimated: z.boolean(),
  })
  .meta({ id: 'ReplyUsage' })
export type ReplyUsage = z.infer<typeof ReplyUsage>
