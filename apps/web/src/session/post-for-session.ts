import { ParleyError, type ParleyErrorCode, type Session } from '@parley/client'
import type { Config } from './config.ts'

/**
 * Asks for a session at an end point of the API that needs none.
 * @throws ParleyError
 */
export const postForSession = async (config: Config, path: string, body: object): Promise<Session> => {
  const response = await fetch(config.api + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  }).catch((error: Error) => {
    throw new ParleyError('network', error.message, 1)
  })
  const answer = (await response.json().catch(() => ({}))) as Session & { error?: { code: ParleyErrorCode } }
  if (response.ok) return answer
  throw new ParleyError(answer.error?.code ?? 'unavailable', `The server answered ${response.status}.`)
}
