import { type Dialect, type Event, general } from '@parley/core'
import type { Message, MessageId } from '@parley/protocol'
import { z } from 'zod'
import { bagOf } from './bag.ts'
import { badBody, gatewayFrame, gatewayWord, objectIn, textOf, unknownAction } from './frames.ts'
import { anonymous, nameOf } from './names.ts'
import type { System, Tools } from './system.ts'
import { arriveAs } from './visit.ts'

/* One room, which is `general`, one action, whose form is checked, and a host who says who comes and goes. */

const name = 'lambdasharp'
const host = '#host'

const known = bagOf(name, z.object({ name: z.string() }))

const frameOf = (from: string, text: string): string => JSON.stringify({ action: 'message', from, text })

const messageFrame = ({ from, text }: Message): string | undefined =>
  text.trim() === '' ? undefined : frameOf(from.name, text)

const encodeEvent = (event: Event): string | undefined => {
  switch (event.type) {
    case 'message-changed':
      return event.said && event.room === general ? messageFrame(event.stored.message) : undefined
    case 'broadcast-made':
      return frameOf(host, event.broadcast.text)
    case 'company-told':
      return event.frame
    default:
      return undefined
  }
}

const dialectOf = ({ newId }: Tools): Dialect => ({
  name,
  decode: (frame) => {
    const said = objectIn(frame)
    if (said?.action !== 'send') return unknownAction
    const text = textOf(said.text)
    if (text === undefined) return badBody
    return { command: { action: 'relay', room: general, id: newId() as MessageId, text } }
  },
  encodeAnswer: (answer) => (answer.type === 'message' ? messageFrame(answer.message) : undefined),
  encodeRefusal: (refusal, _ref, { id }) => gatewayFrame(gatewayWord(refusal, 'Invalid request body'), id, newId()),
  encodeEvent,
  stay: {
    rooms: () => [general],
    opened: ({ self, tell }) => tell(frameOf(host, `${known.unpack(self.bag)?.name} joined`)),
    closed: ({ self, tell }) => tell(frameOf(host, `${known.unpack(self.bag)?.name} left`)),
  },
})

export const lambdasharp = (tools: Tools): System => ({
  dialect: dialectOf(tools),
  arrive: (reach, nobody, query) =>
    arriveAs(reach, nobody, nameOf(query.get('username')) ?? anonymous(), (called) => known.pack({ name: called })),
  addRoutes: (routes) => {
    routes.get('/config.json', (c) => c.json({ server: c.var.socket(name) }))
  },
})
