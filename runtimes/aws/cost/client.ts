import { WebSocket } from 'ws'

/** A frame, of whatever type. */
export type Frame = { readonly type: string; readonly [field: string]: unknown }

/** A client that says what it is told to, and does nothing by itself. */
export interface Client {
  /** Says something, and waits for the answer. @throws {Error} for a refusal */
  ask(action: string, fields?: object): Promise<Frame>
  /** Waits until something comes, unless it has come already. */
  heard(wanted: (frame: Frame) => boolean): Promise<Frame>
  /** Forgets what has come. */
  forget(): void
  close(): void
}

/** Opens a socket, and says nothing on it. */
export const openClient = (url: string, query = '', token?: string): Promise<Client> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(`${url.replace(/^http/, 'ws')}/ws${query}`, {
      headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      perMessageDeflate: false,
    })
    const frames: Frame[] = []
    const waiting = new Set<() => void>()
    socket.on('message', (data) => {
      frames.push(...[JSON.parse(data.toString())].flat())
      for (const look of waiting) look()
    })
    const heard: Client['heard'] = (wanted) =>
      new Promise((resolve) => {
        const look = (): void => {
          const found = frames.find(wanted)
          if (!found) return
          waiting.delete(look)
          resolve(found)
        }
        waiting.add(look)
        look()
      })
    let asked = 0
    const client: Client = {
      ask: async (action, fields = {}) => {
        asked += 1
        const ref = `q${asked}`
        socket.send(JSON.stringify({ action, ref, ...fields }))
        const answer = await heard((frame) => frame.ref === ref)
        if (answer.type === 'error') throw new Error(`${action} was answered ${JSON.stringify(answer)}`)
        return answer
      },
      heard,
      forget: () => void frames.splice(0),
      close: () => socket.close(),
    }
    socket.on('open', () => resolve(client))
    socket.on('error', reject)
  })

/** Asks the HTTP API. @throws {Error} for a refusal */
export const call = async <T>(url: string, asked: string, token?: string, body?: object): Promise<T> => {
  const [method = '', path = ''] = asked.split(' ')
  const response = await fetch(`${url}${path}`, {
    method,
    headers: {
      ...(token !== undefined && { authorization: `Bearer ${token}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  })
  if (!response.ok) throw new Error(`${asked} was answered ${response.status}: ${await response.text()}`)
  return (await response.json().catch(() => undefined)) as T
}
