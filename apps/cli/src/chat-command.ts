import { randomUUID } from 'node:crypto'
import { userInfo } from 'node:os'
import { type Down, endpoints } from '@parley/protocol'
import { Command } from 'commander'
import { Failure } from './failure.ts'
import { type Line, messageLine, openLine, roomName } from './line-client.ts'
import { inputLines, readPassword } from './password.ts'

interface Options {
  readonly name?: string
  readonly user?: string
  readonly passwordStdin?: boolean
  readonly room: string
}

const help = `/join ROOM   go to a room, joining it
/rooms       your rooms, and how many messages you have not read
/who         who is in this room
/quit        leave`

/** What the fields that are read here have; the rest is checked by its schema. */
interface Answered {
  readonly token?: string
  readonly ticket?: string
  readonly error?: { readonly message: string }
}

/** Asks the HTTP API: with a body it is a POST. */
const call = async (
  server: URL,
  path: string,
  { token, body }: { token?: string; body?: object },
): Promise<Answered> => {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
  const request = body ? { method: 'POST', headers, body: JSON.stringify(body) } : { headers }
  const response = await fetch(new URL(path, server), request).catch((error: Error) => {
    throw new Failure(`${server.href} does not answer: ${(error.cause as Error | undefined)?.message ?? error.message}`)
  })
  const answer = (await response.json().catch(() => ({}))) as Answered
  if (!response.ok) throw new Failure(answer.error?.message ?? `${server.href} answers ${response.status}.`)
  return answer
}

const signIn = async (server: URL, { name, user, passwordStdin }: Options): Promise<string> => {
  if (user === undefined) {
    return String((await call(server, '/api/guests', { body: { name: name ?? userInfo().username } })).token)
  }
  const password = await readPassword(passwordStdin ?? false)
  return String((await call(server, '/api/login', { body: { username: user, password } })).token)
}

const connect = async (server: URL, token: string, hear: (frame: Down) => void): Promise<Line> => {
  const { ticket } = await call(server, '/api/tickets', { token, body: {} })
  const address = new URL('/ws', server)
  address.protocol = server.protocol === 'https:' ? 'wss:' : 'ws:'
  address.searchParams.set('ticket', String(ticket))
  return openLine(address, hear)
}

/** Talks on a terminal or in a pipe, one line a message. */
const chat = async (url: string, options: Options): Promise<void> => {
  const server = URL.parse(url)
  if (!server) throw new Failure(`${url} is no address. Write it like http://127.0.0.1:8080.`, 2)
  let room = ''
  const print = (line: string): void => console.log(line)
  const hear = (frame: Down): void => {
    if (frame.type === 'message' && frame.message.seq === frame.rev) {
      print(`${frame.room === room ? '' : `[${frame.room}] `}${messageLine(frame.message)}`)
    }
    if (frame.type === 'broadcast') print(`* ${frame.from.name} to everybody: ${frame.text}`)
    if (frame.type === 'left') print(`* You are no longer in ${frame.room}.`)
  }
  const token = await signIn(server, options)
  const line = await connect(server, token, hear)
  const welcome = await line.ask({ action: 'hello', v: 1 })
  if (welcome.type !== 'welcome') throw new Failure('This is no Parley server.')
  const { me } = welcome

  const go = async (to: string): Promise<void> => {
    await line.ask({ action: 'join', room: to })
    room = to
    const page = await line.ask({ action: 'history', room, limit: 20 })
    print(`* You are ${me.name}, in ${room}. /help shows what else there is.`)
    if (page.type === 'page') for (const message of page.messages) print(messageLine(message))
  }
  const showRooms = async (): Promise<void> => {
    const names = new Map(welcome.users.map(({ id, name }) => [id, name]))
    const { rooms } = endpoints['GET /api/rooms'].response.parse(await call(server, '/api/rooms', { token }))
    for (const one of rooms) {
      const state = one.member ? (one.unread > 0 ? `, ${one.unread} unread` : '') : ' (/join it to write)'
      print(`* ${roomName(one, me, names)}${state}`)
    }
  }
  const showPeople = async (): Promise<void> => {
    const list = await line.ask({ action: 'members', room })
    if (list.type === 'members') {
      for (const { name, online } of list.members) print(`* ${name}${online ? '' : ' (away)'}`)
    }
  }
  const obey = async (typed: string): Promise<void> => {
    const [word, ...rest] = typed.split(' ')
    if (word === '/help') print(help)
    else if (word === '/join' && rest[0]) await go(rest[0])
    else if (word === '/rooms') await showRooms()
    else if (word === '/who') await showPeople()
    else if (typed.startsWith('/')) print('* There is no such command. /help shows what there is.')
    else {
      const said = await line.ask({ action: 'send', id: randomUUID(), room, text: typed })
      if (said.type === 'message') print(messageLine(said.message))
    }
  }

  await go(options.room)
  const input = inputLines()
  let quitting = false
  line.closed.then((reason) => {
    if (quitting) return
    console.error(`* ${reason}`)
    process.exit(1)
  })
  for (let next = await input.next(); !next.done; next = await input.next()) {
    const typed = next.value
    if (typed === '/quit') break
    if (typed.trim() === '') continue
    await obey(typed).catch((error) => {
      if (!(error instanceof Failure)) throw error
      print(`* ${error.message}`)
    })
  }
  quitting = true
  line.close()
  await line.closed
}

export const chatCommand = (): Command =>
  new Command('chat')
    .description('Talk on a Parley server: a line you type is a message.')
    .argument('[url]', 'the address of the server', 'http://127.0.0.1:8080')
    .option('--name <name>', 'come as a guest of this name (else the name you have on this machine)')
    .option('--user <name>', 'sign in to an account')
    .option('--password-stdin', 'read the password from standard input')
    .option('--room <room>', 'the room to begin in', 'general')
    .action(chat)
