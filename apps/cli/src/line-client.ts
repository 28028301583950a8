import { randomUUID } from 'node:crypto'
import type { Down, Message, Room, User } from '@parley/protocol'
import WebSocket from 'ws'
import { Failure } from './failure.ts'

type Answer = Exclude<Down, { type: 'error' }>

/** A socket on which frames are asked and answered, and whatever else comes is heard. */
export interface Line {
  ask(frame: { readonly action: string } & Record<string, unknown>): Promise<Answer>
  readonly closed: Promise<string>
  close(): void
}

/** Opens a socket; every frame that answers nothing goes to `hear`. */
export const openLine = (address: URL, hear: (frame: Down) => void): Promise<Line> =>
  new Promise((resolve, reject) => {
    const socket = new WebSocket(address)
    const waiting = new Map<string, { resolve: (frame: Answer) => void; reject: (error: Failure) => void }>()
    let farewell = 'The connection is closed.'
    let ended: (reason: string) => void
    const closed = new Promise<string>((done) => {
      ended = done
    })
    const take = (frame: Down): void => {
      if (frame.type === 'bye') farewell = frame.message
      const ref = 'ref' in frame ? frame.ref : undefined
      const asker = ref === undefined ? undefined : waiting.get(ref)
      if (ref !== undefined) waiting.delete(ref)
      if (!asker) hear(frame)
      else if (frame.type === 'error') asker.reject(new Failure(frame.message))
      else asker.resolve(frame)
    }
    socket.on('message', (data) => {
      const frames: Down | Down[] = JSON.parse(data.toString())
      for (const frame of Array.isArray(frames) ? frames : [frames]) take(frame)
    })
    socket.on('error', (error) => reject(new Failure(`No connection: ${error.message}`)))
    socket.on('close', () => {
      for (const asker of waiting.values()) asker.reject(new Failure(farewell))
      ended(farewell)
    })
    socket.on('open', () =>
      resolve({
        ask: (frame) =>
          new Promise((answered, refused) => {
            const ref = randomUUID()
            waiting.set(ref, { resolve: answered, reject: refused })
            socket.send(JSON.stringify({ ...frame, ref }))
          }),
        closed,
        close: () => socket.close(1000),
      }),
    )
  })

const time = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' })

/** A message as one line, its own newlines set in. */
export const messageLine = ({ at, from, text, deletedAt, editedAt }: Message): string => {
  const said = deletedAt ? '(deleted)' : `${text.replaceAll('\n', '\n      ')}${editedAt ? ' (edited)' : ''}`
  return `${time.format(new Date(at))} ${from.name}: ${said}`
}

/** How a room is called: direct ones by who else is in them. */
export const roomName = (room: Room, me: User, names: ReadonlyMap<string, string>): string => {
  if (room.kind !== 'direct') return room.id
  const others = (room.with ?? []).filter((id) => id !== me.id).map((id) => names.get(id) ?? '?')
  return others.length > 0 ? others.join(', ') : me.name
}
