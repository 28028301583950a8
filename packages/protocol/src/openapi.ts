import { z } from 'zod'
import { type Endpoint, ErrorBody, endpoints } from './http.ts'
import { type Components, components, type JsonSchema } from './json-schema.ts'
import { MessageId, RoomId, UserId } from './words.ts'

/** A document as plain data, ready for `JSON.stringify`. */
export type ApiDocument = { readonly [key: string]: unknown }

const summaries: Record<keyof typeof endpoints, string> = {
  'POST /api/guests': 'Come in without an account, where guests are welcome',
  'POST /api/login': 'Sign in with an account',
  'POST /api/renew': 'A new token for an old one, while its session lasts',
  'POST /api/logout': 'End the session and close its sockets',
  'POST /api/password': 'Set a new password',
  'POST /api/tickets': 'A pass for one socket, good for half a minute',
  'GET /api/me': 'Who one is',
  'GET /api/rooms': "One's own rooms and all public ones",
  'GET /api/rooms/{room}': 'One room',
  'GET /api/rooms/{room}/bot': 'How bots behave in a room, for its admins',
  'GET /api/rooms/{room}/messages/{message}/usage': 'What the makings of a reply have used',
  'GET /api/rooms/{room}/messages': 'A page of the history of a room',
  'POST /api/rooms/{room}/messages': 'Say something in a room',
  'GET /api/users': 'Users by the beginning of their names',
  'POST /api/broadcasts': 'Speak to everybody who is connected',
  'GET /api/connections': 'Who is and was connected',
  'GET /api/accounts': 'Accounts and bots',
  'POST /api/accounts': 'Make an account',
  'PATCH /api/accounts/{user}': 'Change role, ban or password of an account',
  'POST /api/accounts/{user}/password-link': 'A link by which somebody chooses a new password, once',
  'POST /api/password-links': 'Choose a password by a link, and sign in',
  'POST /api/first-owner': 'Make the first owner by the link that the server prints, and sign in',
  'GET /api/bots': 'The bots',
  'POST /api/bots': 'Make a bot',
  'PATCH /api/bots/{user}': 'Change what a bot is called and told, or ban it',
  'POST /api/bots/{user}/tokens': 'A token by which a program speaks as a bot, in place of older ones',
  'GET /api/models': 'The names of the models that may be chosen',
  'GET /api/usage': 'What models have used, by day, room, person and model',
  'GET /api/hooks': 'The webhooks',
  'POST /api/hooks': 'Make a webhook: an address by which programs say something in one room',
  'DELETE /api/hooks/{user}': 'Take a webhook away',
  'POST /api/hooks/{secret}': 'Say something through a webhook',
  'GET /api/health': 'Whether the server can do its work',
}

const description = { auth: 'none', status: 200, response: z.looseObject({}) } as const satisfies Endpoint
const documents = {
  'GET /api/openapi.json': { ...description, summary: 'This document' },
  'GET /api/asyncapi.json': { ...description, summary: 'What travels over the socket' },
}

const inPath: Readonly<Record<string, z.ZodType>> = { room: RoomId, user: UserId, message: MessageId }

const json = (schema: JsonSchema) => ({ content: { 'application/json': { schema } } })

const parameters = (path: string, query: z.ZodType | undefined, into: Components): object[] => {
  const places = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => ({
    name,
    in: 'path',
    required: true,
    schema: into.add(inPath[name] ?? z.string()),
  }))
  const { properties = {}, required = [] } = query ? into.add(query, 'output') : {}
  const queried = Object.entries(properties).map(([name, schema]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema,
  }))
  return [...places, ...queried]
}

/** `POST /api/rooms/{room}/messages` becomes `postRoomsMessages`. */
const operationId = (method: string, path: string): string =>
  method.toLowerCase() +
  path
    .split('/')
    .filter((part, index, { length }) => part !== 'api' && (/^[a-z]/.test(part) || index === length - 1))
    .map((part) => part.replace('.json', '').replace(/^\{(\w+)\}$/, 'of-$1'))
    .map((part) => part.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase()))
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join('')

const operation = (method: string, path: string, summary: string, endpoint: Endpoint, into: Components): object => {
  const listed = parameters(path, endpoint.query, into)
  return {
    operationId: operationId(method, path),
    summary: endpoint.auth === 'admin' ? `${summary} (admins)` : summary,
    ...(endpoint.auth !== 'none' && { security: [{ token: [] }] }),
    ...(listed.length > 0 && { parameters: listed }),
    ...(endpoint.body && { requestBody: { required: true, ...json(into.add(endpoint.body)) } }),
    responses: {
      [endpoint.status]: { description: 'Done', ...(endpoint.response && json(into.add(endpoint.response))) },
      default: { description: 'A refusal: the status goes with its code', ...json(into.add(ErrorBody)) },
    },
  }
}

/** The HTTP API as an OpenAPI 3.1 document. `version` is the server's. */
export const openApi = ({ version }: { readonly version: string }): ApiDocument => {
  const into = components('#/components/schemas/')
  const paths: Record<string, Record<string, object>> = {}
  const add = (key: string, summary: string, endpoint: Endpoint): void => {
    const [method = '', path = ''] = key.split(' ')
    paths[path] = { ...paths[path], [method.toLowerCase()]: operation(method, path, summary, endpoint, into) }
  }
  for (const [key, endpoint] of Object.entries(endpoints)) add(key, summaries[key as keyof typeof endpoints], endpoint)
  for (const [key, { summary, ...endpoint }] of Object.entries(documents)) add(key, summary, endpoint)
  return {
    openapi: '3.1.0',
    info: { title: 'Parley over HTTP', version, license: { name: 'Apache-2.0', identifier: 'Apache-2.0' } },
    servers: [{ url: '/' }],
    paths,
    components: {
      schemas: into.schemas,
      securitySchemes: { token: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT' } },
    },
  }
}
