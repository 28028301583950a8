import { exitCodes, Failure } from '../failure.ts'

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))

/** Does something with what is kept, and says what went wrong in a line, with what that means. */
export const withData = async <T>(act: () => Promise<T>, outcome = ''): Promise<T> => {
  try {
    return await act()
  } catch (error) {
    if (error instanceof Failure) throw error
    const { Unavailable } = await import('@parley/core')
    const { BadSetting } = await import('@parley/runtime-node/data')
    const said =
      error instanceof Unavailable
        ? `The storage fails (${error.reason}): ${messageOf(error.cause ?? error)}`
        : messageOf(error)
    const sentence = said.endsWith('.') ? said : `${said}.`
    const code = error instanceof BadSetting ? exitCodes.usage : exitCodes.failure
    throw new Failure(outcome ? `${sentence} ${outcome}` : sentence, code)
  }
}
