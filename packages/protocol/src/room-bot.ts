import { z } from 'zod'
import type { RoomBot } from './bot.ts'
import { once } from './once.ts'
import { words } from './word-schemas.ts'

export const roomBotDefaults: RoomBot = { speaks: 'mentioned', asks: 'everybody', stops: 'asker', answersBots: false }

/** What is to be set anew; `null` takes a setting back. */
export const RoomBotChange = once(() =>
  z
    .strictObject({
      speaks: words.BotSpeaks().nullable().optional(),
      asks: words.BotAsks().nullable().optional(),
      stops: words.BotStops().nullable().optional(),
      answersBots: z.boolean().nullable().optional(),
      bot: words.UserId().nullable().optional(),
      model: words.ModelName().nullable().optional(),
      temperature: z.number().min(0).max(2).nullable().optional(),
      maxTokens: z.int().min(1).max(1_000_000).nullable().optional(),
      topP: z.number().min(0).max(1).nullable().optional(),
      frequencyPenalty: z.number().min(-2).max(2).nullable().optional(),
      presencePenalty: z.number().min(-2).max(2).nullable().optional(),
      instructions: words.Instructions().nullable().optional(),
    })
    .meta({ id: 'RoomBotChange' }),
)
export type RoomBotChange = z.infer<ReturnType<typeof RoomBotChange>>
