import type { ConnectionId } from '@parley/protocol'
import type { Request } from './request.ts'

/** How a post came out. `busy`: the gateway takes no more at the moment, or does not know the connection yet. */
export type Posted = 'sent' | 'gone' | 'busy'

/** The connections of the two WebSocket APIs, as their `@connections` end points have them. */
export interface Gateway {
  post(id: ConnectionId, frame: string): Promise<Posted>
  close(id: ConnectionId): Promise<void>
}

export interface GatewayOptions {
  readonly request: Request
  /** The stages, without a slash at the end. */
  readonly sockets: string
  readonly compatSockets: string
  /** How many milliseconds old a connection is; undefined: nobody knows it. */
  readonly age: (id: ConnectionId) => Promise<number | undefined>
  readonly pause: (attempt: number) => Promise<void>
}

const compatMark = 'compat/'
/** The engine's name for a connection of the stage for dialects, whose ids may repeat those of the other one. */
export const compatId = (id: string): ConnectionId => `${compatMark}${id}` as ConnectionId

/** Until a connection is so old, the gateway may not know it yet: it answers 410 while its `$connect` is under way. */
const youngMs = 10_000
const triesMax = 4

export const gateway = ({ request, sockets, compatSockets, age, pause }: GatewayOptions): Gateway => {
  const urlOf = (id: ConnectionId): string =>
    id.startsWith(compatMark)
      ? `${compatSockets}/@connections/${encodeURIComponent(id.slice(compatMark.length))}`
      : `${sockets}/@connections/${encodeURIComponent(id)}`

  const once = async (id: ConnectionId, frame: string): Promise<Posted> => {
    const answer = await request({ method: 'POST', url: urlOf(id), body: frame }).catch(() => undefined)
    if (answer?.status === 200) return 'sent'
    if (answer?.status === 410) return 'gone'
    if (answer === undefined || answer.status === 429 || answer.status >= 500) return 'busy'
    throw new Error(`the gateway answered a post with ${answer.status}: ${answer.text}`)
  }
  const isYoung = async (id: ConnectionId): Promise<boolean> => {
    const ms = await age(id)
    return ms !== undefined && ms < youngMs
  }
  return {
    post: async (id, frame) => {
      for (let attempt = 1; ; attempt += 1) {
        const posted = await once(id, frame)
        if (posted === 'gone') return (await isYoung(id)) ? 'busy' : 'gone'
        if (posted === 'sent' || attempt === triesMax) return posted
        await pause(attempt)
      }
    },
    close: async (id) => {
      await request({ method: 'DELETE', url: urlOf(id) }).catch(() => undefined)
    },
  }
}
