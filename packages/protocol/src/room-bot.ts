import { z } from 'zod'
import type { RoomBot } from './bot.ts'
import { once } from './once.ts'
import { words } from './word-schemas.ts'

export const roomBotDefaults: RoomBot = { speaks: 'mentioned', asks: 'everybody', stops: 'asker', answersBots: false }

/** What a model may be set to. */
export const modelParameters = once(() => ({
  temperature: z.number().min(0).max(2).optional(),
  maxTokens: z.int().min(1).max(1_000_000).optional(),
  topP: z.number().min(0).max(1).optional(),
  frequencyPenalty: z.number().min(-2).max(2).optional(),
  presencePenalty: z.number().min(-2).max(2).optional(),
}))

/** What is to be set anew; `null` takes a setting back. */
export const RoomBotChange = once(() => {
  const { temperature, maxTokens, topP, frequencyPenalty, presencePenalty } = modelParameters()
  return z
    .strictObject({
      speaks: words.BotSpeaks().nullable().optional(),
      asks: words.BotAsks().nullable().optional(),
      stops: words.BotStops().nullable().optional(),
      answersBots: z.boolean().nullable().optional(),
      bot: words.UserId().nullable().optional(),
      model: words.ModelName().nullable().optional(),
      temperature: temperature.unwrap().nullable().optional(),
      maxTokens: maxTokens.unwrap().nullable().optional(),
      topP: topP.unwrap().nullable().optional(),
      frequencyPenalty: frequencyPenalty.unwrap().nullable().optional(),
      presencePenalty: presencePenalty.unwrap().nullable().optional(),
      instructions: words.Instructions().nullable().optional(),
    })
    .meta({ id: 'RoomBotChange' })
})
export type RoomBotChange = z.infer<ReturnType<typeof RoomBotChange>>
