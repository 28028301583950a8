import type { Answers, CommandOf, Refusal } from '@parley/core'
import type { AdminAction } from './administration.ts'
import { askAdministration } from './ask-administration.ts'
import { dataFolder } from './data-folder.ts'

type Environment = Readonly<Record<string, string | undefined>>

const openAndAdminister = async <A extends AdminAction>(
  environment: Environment,
  command: CommandOf<A>,
): Promise<Answers[A] | Refusal> => {
  const [{ administer }, { openEngine }, { readSettings }] = await Promise.all([
    import('./administration.ts'),
    import('./engine.ts'),
    import('./settings.ts'),
  ])
  const engine = await openEngine({ ...readSettings(environment), logLevel: 'error' })
  try {
    return await administer(engine.chat, command)
  } finally {
    await engine.close()
  }
}

/**
 * Administers the data folder that the settings name: through the server that runs on it, or else by opening it. Only
 * then is the engine loaded, which takes longer than all the rest.
 */
export const administerData = async <A extends AdminAction>(
  environment: Environment,
  command: CommandOf<A>,
): Promise<Answers[A] | Refusal> =>
  (await askAdministration(dataFolder(environment), command)) ?? openAndAdminister(environment, command)
