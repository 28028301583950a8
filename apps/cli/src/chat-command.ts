import { randomUUID } from 'node:crypto'
import { userInfo } from 'node:os'
import { createInterface } from 'node:readline'
import type { Down } from '@parley/protocol'
import { Command } from 'commander'
import { Failure } from './failure.ts'
import { type Line, messageLine, openLine, roomName } from './line-client.ts'
import { readPassword } from './password.ts'

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

/** Asks the HTTP API. */
const post = async (server: URL, path: string, body: object, token?: string): Promise<Record<string, string>> => {
  const headers = { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) }
  const request = { method: 'POST', headers, body: JSON.stringify(body) }
  const response = await fetch(new URL(path, server), request).catch((error: Error) => {
    throw new Failure(`${server.href} does not answer: ${(error.cause as Error | undefined)?.message ?? error.message}`)
  })
  const answer = await response.json().catch(() => ({}))
  if (!response.ok) throw new Failure(answer.error?.message ?? `${server.href} answers ${response.status}.`)
  return answer
}

const signIn = async (server: URL, { name, user, passwordStdin }: Options): Promise<string> => {
  if (user === undefined) {
    return String((await post(server, '/api/guests', { name: name ?? userInfo().username })).token)
  }
  const password = await readPassword(passwordStdin ?? false)
  return String((await post(server, '/api/login', { username: user, password })).token)
}

const connect = async (server: URL, token: string, hear: (frame: Down) => void): Promise<Line> => {
  const { ticket } = await post(server, '/api/tickets', {}, token)
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
  const line = await connect(server, await signIn(server, options), hear)
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
    const { rooms, users } = welcome
    const names = new Map(users.map(({ id, name }) => [id, name]))
    for (const one of rooms) print(`* ${roomName(one, me, names)}${one.unread > 0 ? `, ${one.unread} unread` : ''}`)
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
  const input = createInterface({ input: process.stdin, terminal: false })
  let quitting = false
  line.closed.then((reason) => {
    if (quitting) return
    console.error(`* ${reason}`)
    process.exit(1)
  })
  for await (const typed of input) {
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
