import type { Answers, CommandOf, Refusal } from '@parley/core'
import { type AdminAction, administer, askAdministration } from './administration.ts'
import { openEngine } from './engine.ts'
import { readSettings } from './settings.ts'

/** Administers the data folder that the settings name: through the server that runs on it, or else by opening it. */
export const administerData = async <A extends AdminAction>(
  environment: Readonly<Record<string, string | undefined>>,
  command: CommandOf<A>,
): Promise<Answers[A] | Refusal> => {
  const settings = readSettings(environment)
  const answer = await askAdministration(settings.data, command)
  if (answer !== undefined) return answer
  const engine = await openEngine({ ...settings, logLevel: 'error' })
  try {
    return await administer(engine.chat, command)
  } finally {
    await engine.close()
  }
}
