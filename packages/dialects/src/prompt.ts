import { assistantId, type Dialect, type Event, isRefusal, refuse, type Target } from '@parley/core'
import { ConnectionId, type MessageId, RoomId } from '@parley/protocol'
import { z } from 'zod'
import { bagOf } from './bag.ts'
import { objectIn, unknownAction } from './frames.ts'
import { readPrompt } from './prompt-frame.ts'
import { type PromptTokens, promptTokens } from './prompt-token.ts'
import type { Nobody, Reach, System, Tools } from './system.ts'

/*
 * A page that signs in, sends prompts, and shows the answer to each. What is asked and answered is in the direct
 * room of its user with the assistant. Any frame but such an answer would blank the page, so nothing else is ever sent.
 */

const name = 'prompt'

/** Where a connection's prompts go. */
const place = bagOf(name, z.object({ room: RoomId }))
/** Who asked, as whom a message was stored that asks, and the reply to it. */
const asking = bagOf(name, z.object({ connection: ConnectionId, msgid: z.string(), asChat: z.boolean() }))
type Asking = NonNullable<ReturnType<typeof asking.unpack>>

const answerFrame = ({ msgid, asChat }: Pick<Asking, 'msgid' | 'asChat'>, text: string): string =>
  JSON.stringify({ msgid, text: asChat ? { role: 'assistant', content: text } : text })

/** What stands for an answer where none was made. */
const without: Readonly<Record<string, string>> = {
  stopped: 'The answer was stopped.',
  interrupted: 'The answer was interrupted. Ask again.',
}

const encodeFor = (event: Event, hearer: Target): string | undefined => {
  if (event.type !== 'message-changed' || !event.said) return undefined
  const { message, bag } = event.stored
  // One answer to each prompt: what was asked for again, by others, is not for this page.
  if (message.from.kind !== 'bot' || message.variants !== undefined) return undefined
  const asked = asking.unpack(bag)
  if (asked?.connection !== hearer.id) return undefined
  const text = message.text.trim() === '' ? without[message.ended ?? ''] : message.text
  return answerFrame(asked, text ?? 'There is no answer.')
}

const tooLong = refuse('too_large', 'This is longer than 10,000 characters.')

const dialectOf = ({ newId }: Tools): Dialect => ({
  name,
  decode: (frame, connection) => {
    const prompt = readPrompt(objectIn(frame))
    const room = place.unpack(connection.bag)?.room
    if (!prompt || room === undefined) return unknownAction
    const { msgid, asChat } = prompt
    const ref = JSON.stringify({ msgid, asChat })
    if (!('text' in prompt)) return { refusal: tooLong, ref }
    const { text, model, parameters } = prompt
    const asks = { bot: assistantId, parameters, ...(model !== undefined && { model }) }
    const bag = asking.pack({ connection: connection.id, msgid, asChat })
    return { command: { action: 'relay', room, id: newId() as MessageId, text, bag, asks }, ref }
  },
  encodeAnswer: () => undefined,
  encodeRefusal: ({ message }, ref) =>
    ref === undefined ? undefined : answerFrame(JSON.parse(ref) as Pick<Asking, 'msgid' | 'asChat'>, message),
  encodeEvent: () => undefined,
  encodeEventFor: encodeFor,
  stay: {
    rooms: (bag) => {
      const room = place.unpack(bag)?.room
      return room === undefined ? [] : [room]
    },
  },
})

const noToken = refuse('bad_request', 'Bring a token that holds.')

const arrive =
  (tokens: PromptTokens): System['arrive'] =>
  async ({ chat }, _nobody, query) => {
    const token = /^Bearer\s+(\S+)$/i.exec(query.get('token') ?? '')?.[1]
    const session = token && (await tokens.verify(token))
    if (!session) return noToken
    const bearer = await chat.execute({ kind: 'system' }, { action: 'resume', session })
    if (isRefusal(bearer)) return bearer.refused === 'unavailable' ? bearer : noToken
    const actor = { kind: 'user', user: bearer.user, session: bearer.session } as const
    const direct = await chat.execute(actor, { action: 'direct', with: [assistantId] })
    return isRefusal(direct) ? direct : { ...bearer, bag: place.pack({ room: direct.room.id }) }
  }

const Credentials = z.object({ username: z.string().max(512), password: z.string().max(512) })

type Login = { readonly isAuthorized: boolean; readonly body: { readonly message: string; readonly token: string } }

const refused = (message: string): Login => ({ isAuthorized: false, body: { message, token: '' } })

/** Signs in. Whether the name or the password was wrong is told, after the same work. */
const login = async ({ chat }: Reach, nobody: Nobody, tokens: PromptTokens, body: unknown): Promise<Login> => {
  const credentials = Credentials.safeParse(body)
  const { username, password } = credentials.success ? credentials.data : { username: '', password: '' }
  const signedIn = await chat.execute(nobody, { action: 'sign-in', username, password })
  if (isRefusal(signedIn)) {
    const known = await chat.execute({ kind: 'system' }, { action: 'knows-account', name: username })
    if (signedIn.refused !== 'unauthorized') return refused(signedIn.message)
    return refused(known === true ? 'Invalid credential' : 'User not found')
  }
  const bearer = await chat.execute(nobody, { action: 'authenticate', token: signedIn.token })
  if (isRefusal(bearer)) return refused(bearer.message)
  return {
    isAuthorized: true,
    body: { message: 'success', token: await tokens.sign(signedIn.user.name, bearer.session) },
  }
}

export const prompt = (tools: Tools): System => {
  const tokens = promptTokens(tools.key, tools.now)
  return {
    dialect: dialectOf(tools),
    arrive: arrive(tokens),
    addRoutes: (routes, reach) => {
      routes.post('/login', async (c) => c.json(await login(reach, c.var.nobody, tokens, objectIn(await c.req.text()))))
    },
  }
}
