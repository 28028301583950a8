import { rmSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import { type Answers, type Chat, type CommandOf, isRefusal, type Refusal, refuse } from '@parley/core'
import { Name, Password, ServerRole, UserId } from '@parley/protocol'
import { z } from 'zod'
import { adminSocketPath, readBody } from './ask-administration.ts'

const role = ServerRole.exclude(['guest'])
const schema = z.discriminatedUnion('action', [
  z.strictObject({ action: z.literal('list-accounts'), after: UserId.optional() }),
  z.strictObject({ action: z.literal('add-account'), name: Name, password: Password, role }),
  z.strictObject({
    action: z.literal('change-account'),
    user: z.union([UserId, z.strictObject({ name: Name })]),
    role: role.optional(),
    banned: z.boolean().optional(),
    password: Password.optional(),
  }),
])

/** What whoever runs the server may ask of it beside the wire. */
export type AdminAction = z.infer<typeof schema>['action']

/** What was asked for, if it can be: a refusal names what is wrong with it. */
const readAdminCommand = (value: unknown): CommandOf<AdminAction> | Refusal => {
  const parsed = schema.safeParse(value)
  if (parsed.success) return parsed.data
  const issue = parsed.error.issues[0]
  return refuse('bad_request', `${issue?.path.join('.')}: ${issue?.message}`)
}

/** Does what whoever runs the server asks for; what was asked is looked at first. */
export const administer = async <A extends AdminAction>(
  chat: Chat,
  asked: CommandOf<A>,
): Promise<Answers[A] | Refusal> => {
  const command = readAdminCommand(asked)
  return isRefusal(command) ? command : chat.execute<A>({ kind: 'system' }, command as CommandOf<A>)
}

/** Serves a running server's administration on its socket file. */
export const serveAdministration = async (chat: Chat, data: string): Promise<Server> => {
  const path = adminSocketPath(data)
  rmSync(path, { force: true })
  const server = createServer(async (incoming, response) => {
    try {
      response.end(JSON.stringify({ answer: await administer(chat, JSON.parse(await readBody(incoming))) }))
    } catch (error) {
      response.writeHead(400).end(JSON.stringify({ message: (error as Error).message }))
    }
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    // The file is made while `listen` is called, and must not be open to others even for a moment.
    const mask = process.umask(0o177)
    server.listen(path, resolve)
    process.umask(mask)
  })
  return server
}
