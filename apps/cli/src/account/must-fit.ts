import { Failure } from '../failure.ts'

/** Refuses a name or a password that no server would take, in its words. @throws Failure */
export const mustFit = async (what: 'Name' | 'Password', text: string): Promise<void> => {
  const { [what]: schema } = await import('@parley/protocol')
  const why = schema.safeParse(text).error?.issues[0]?.message
  if (why !== undefined) throw new Failure(`${why.charAt(0).toUpperCase()}${why.slice(1)}.`)
}
