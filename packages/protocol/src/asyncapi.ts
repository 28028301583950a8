import { type DownType, downFrames } from './down.ts'
import { components, type JsonSchema } from './json-schema.ts'
import type { ApiDocument } from './openapi.ts'
import { type Action, upFrames } from './up.ts'

/** The frame that answers each action, where it is not refused. */
const answers: Record<Action, DownType> = {
  hello: 'welcome',
  send: 'message',
  edit: 'message',
  delete: 'message',
  react: 'message',
  sync: 'synced',
  history: 'page',
  create: 'room',
  join: 'room',
  leave: 'room',
  invite: 'room',
  remove: 'room',
  set: 'room',
  members: 'members',
  direct: 'room',
  read: 'ok',
  typing: 'ok',
  rename: 'ok',
  stop: 'ok',
  retry: 'ok',
  variant: 'ok',
  catchup: 'ok',
  delta: 'ok',
  finish: 'message',
  broadcast: 'ok',
  ping: 'pong',
}

/** The frames that come without having been asked for. */
const unasked: readonly DownType[] = [
  'message',
  'room',
  'left',
  'presence',
  'user',
  'typing',
  'read',
  'delta',
  'note',
  'broadcast',
  'error',
  'bye',
]

const up = (action: Action) => `up.${action}`
const down = (type: DownType) => `down.${type}`
const inChannel = (message: string) => ({ $ref: `#/channels/socket/messages/${message}` })
const joined = 'down.joined'

const operations = () => ({
  ...Object.fromEntries(
    (Object.keys(upFrames) as Action[]).map((action) => [
      action,
      {
        action: 'receive',
        channel: { $ref: '#/channels/socket' },
        messages: [inChannel(up(action))],
        reply: {
          channel: { $ref: '#/channels/socket' },
          messages: [inChannel(down(answers[action])), inChannel(down('error')), inChannel(joined)],
        },
      },
    ]),
  ),
  tell: {
    action: 'send',
    summary: 'What happens in the rooms of a user, to each of its connections',
    channel: { $ref: '#/channels/socket' },
    messages: [...unasked.map(down), joined].map(inChannel),
  },
})

/** The socket as an AsyncAPI 3.0 document, from the server's side: it receives actions, and sends what happens. */
export const asyncApi = ({ version }: { readonly version: string }): ApiDocument => {
  const into = components('#/components/schemas/')
  const payloads: Record<string, JsonSchema> = {}
  for (const [action, schema] of Object.entries(upFrames)) payloads[up(action as Action)] = into.add(schema)
  for (const [type, schema] of Object.entries(downFrames)) payloads[down(type as DownType)] = into.add(schema)
  const types = Object.keys(downFrames) as DownType[]
  payloads[joined] = {
    description: 'Several frames that happened within a short time, in their order',
    type: 'array',
    minItems: 1,
    items: { oneOf: types.map((type) => ({ $ref: `#/components/messages/${down(type)}/payload` })) },
  }
  const names = Object.keys(payloads)
  return {
    asyncapi: '3.0.0',
    info: { title: 'Parley over a socket', version, license: { name: 'Apache-2.0' } },
    defaultContentType: 'application/json',
    servers: {
      parley: {
        host: '{host}',
        protocol: 'wss',
        description: 'Plain ws on a loopback address',
        variables: { host: { default: 'localhost:8080' } },
      },
    },
    channels: {
      socket: {
        address: '/ws',
        messages: Object.fromEntries(names.map((name) => [name, { $ref: `#/components/messages/${name}` }])),
        bindings: { ws: { method: 'GET', query: { type: 'object', properties: { ticket: { type: 'string' } } } } },
      },
    },
    operations: operations(),
    components: {
      schemas: into.schemas,
      messages: Object.fromEntries(names.map((name) => [name, { name, payload: payloads[name] }])),
    },
  }
}
