import { rmSync } from 'node:fs'
import { createServer, request, type Server } from 'node:http'
import { join, relative } from 'node:path'
import { type Answers, type Chat, type CommandOf, isRefusal, type Refusal, refuse } from '@parley/core'
import { Name, Password, ServerRole, UserId } from '@parley/protocol'
import { z } from 'zod'

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

/** The system's limit for the path of a socket file, in bytes; shorter ones of the two ways to say it are tried. */
const pathBytes = 103
const bodyBytes = 64 * 1024

/** The socket file of a data folder, which only its owner may use: mode 0600 in a folder of mode 0700. */
const adminSocketPath = (data: string): string => {
  const absolute = join(data, 'parley.sock')
  const near = relative(process.cwd(), absolute)
  const path = near.length < absolute.length ? near : absolute
  if (Buffer.byteLength(path) > pathBytes) {
    throw new Error(`The path of the data folder is too long for a socket file: ${absolute}`)
  }
  return path
}

const readBody = async (stream: AsyncIterable<Buffer>): Promise<string> => {
  const pieces: Buffer[] = []
  let length = 0
  for await (const piece of stream) {
    length += piece.length
    if (length > bodyBytes) throw new Error('The request is too large.')
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString()
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

/** Asks the running server of a data folder; undefined when none runs. */
export const askAdministration = <A extends AdminAction>(
  data: string,
  command: CommandOf<A>,
): Promise<Answers[A] | Refusal | undefined> =>
  new Promise((resolve, reject) => {
    const outgoing = request({ socketPath: adminSocketPath(data), method: 'POST' }, async (response) => {
      try {
        const body = JSON.parse(await readBody(response))
        if (response.statusCode !== 200) throw new Error(body.message)
        resolve(body.answer)
      } catch (error) {
        reject(error)
      }
    })
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT' || error.code === 'ECONNREFUSED') resolve(undefined)
      else reject(error)
    })
    outgoing.end(JSON.stringify(command))
  })
