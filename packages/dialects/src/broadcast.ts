import { type Dialect, general, isRefusal } from '@parley/core'
import type { MessageId } from '@parley/protocol'
import { badBody, gatewayFrame, gatewayWord, objectIn, textOf, unknownAction } from './frames.ts'
import { badRequest, refusedJson } from './http.ts'
import { anonymous } from './names.ts'
import type { System, Tools } from './system.ts'
import { arriveAs } from './visit.ts'

/*
 * A page that says things and is told that they arrived, and another one that broadcasts to all who are connected.
 * What its clients say is said in `general`; what they hear is broadcasts.
 */

const confirmation = '"Responding back from the Websocket Service after updating details in DB"'
/** Who is said to broadcast, since nobody has signed in. */
const announcer = 'Broadcast'

const dialectOf = ({ newId }: Tools): Dialect => ({
  name: 'broadcast',
  decode: (frame) => {
    const said = objectIn(frame)
    if (said?.action !== 'sendMessage') return unknownAction
    const text = textOf(said.Message)
    if (text === undefined) return badBody
    return { command: { action: 'relay', room: general, id: newId() as MessageId, text } }
  },
  encodeAnswer: () => confirmation,
  encodeRefusal: (refusal, _ref, { id }) => gatewayFrame(gatewayWord(refusal, 'Internal server error'), id, newId()),
  encodeEvent: (event) => (event.type === 'broadcast-made' ? JSON.stringify(event.broadcast.text) : undefined),
  stay: { rooms: () => [] },
})

export const broadcast = (tools: Tools): System => ({
  dialect: dialectOf(tools),
  arrive: (reach, nobody) => arriveAs(reach, nobody, anonymous('Guest')),
  addRoutes: (routes, { chat }) => {
    routes.post('/broadcastmessage', async (c) => {
      const text = textOf(objectIn(await c.req.text())?.Message)
      if (text === undefined) return badRequest(c, 'There is no Message.')
      const announced = await chat.execute(c.var.nobody, { action: 'announce', name: announcer, text })
      if (isRefusal(announced)) return refusedJson(c, announced)
      return c.body('{"statusCode": 200}', 200, { 'Content-Type': 'application/json' })
    })
  },
})
