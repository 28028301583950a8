import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { asGuest, type Client, createClient, type Message, signIn } from '@parley/client'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const data = mkdtempSync(join(tmpdir(), 'parley-examples-'))
const processes = new Set<ChildProcess>()

/** A program of this repository, and the first line it writes that fits. */
const run = async (words: readonly string[], pattern: RegExp, env: Readonly<Record<string, string>> = {}) => {
  const child = spawn(process.execPath, words, {
    cwd: root,
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  processes.add(child)
  for await (const line of createInterface(child.stdout)) if (pattern.test(line)) return { child, line }
  throw new Error(`${words.join(' ')} ended without a line that fits ${pattern}`)
}

const end = async (child: ChildProcess, signal: NodeJS.Signals): Promise<void> => {
  processes.delete(child)
  if (child.exitCode !== null || child.signalCode !== null) return
  const ended = once(child, 'exit')
  child.kill(signal)
  await ended
}

const startServer = async (port = '0') => {
  const env = { PORT: port, HOST: '127.0.0.1', PARLEY_DATA: data, PARLEY_LOG: 'silent' }
  const { child, line } = await run(['runtimes/node/src/main.ts'], /^Parley is ready at /, env)
  return { child, url: line.replace('Parley is ready at ', '') }
}

/** The next message by somebody that fits. */
const nextBy = (client: Client, name: string, pattern: RegExp): Promise<Message> =>
  new Promise((resolve) => {
    const leave = client.on('message', ({ message, change }) => {
      if (change !== 'created' || message.from.name !== name || !pattern.test(message.text)) return
      leave()
      resolve(message)
    })
  })

let server: Awaited<ReturnType<typeof startServer>>

beforeAll(async () => {
  server = await startServer()
}, 60_000)

afterAll(async () => {
  await Promise.all([...processes].map((child) => end(child, 'SIGKILL')))
  rmSync(data, { recursive: true })
})

test('the first example of the docs runs as it stands', async () => {
  const page = readFileSync(join(root, 'docs/client.md'), 'utf8')
  const [, code = ''] = /```ts\n(.*?)```/s.exec(page) ?? []
  expect(code).toContain('http://127.0.0.1:8080')
  const directory = mkdtempSync(join(root, 'examples', '.docs-'))
  try {
    writeFileSync(join(directory, 'hello.ts'), code.replace('http://127.0.0.1:8080', server.url))
    const { stdout } = await promisify(execFile)(process.execPath, [join(directory, 'hello.ts')])
    expect(stdout).toBe('Ada: Hello!\n')
  } finally {
    rmSync(directory, { recursive: true })
  }
}, 60_000)

describe('the bot', () => {
  test('answers who mentions it, also after the server was killed', async () => {
    const { child } = await run(['examples/bot.ts', server.url, 'Echo'], /^Echo listens/)
    const client = createClient({ server: server.url, session: await asGuest(server.url, 'Bea') })
    await client.start()
    const first = nextBy(client, 'Echo', /hello/)
    client.send('general', 'nobody is meant')
    const { id } = await client.send('general', '@Echo hello').stored
    await expect(first).resolves.toMatchObject({ text: 'Bea says: hello', replyTo: id })

    await end(server.child, 'SIGKILL')
    const second = nextBy(client, 'Echo', /again/)
    const { stored } = client.send('general', '@Echo again')
    server = await startServer(new URL(server.url).port)
    await stored
    await expect(second).resolves.toMatchObject({ text: 'Bea says: again' })

    client.open('general')
    await client.older('general')
    const texts = client.state.rooms.get('general')?.window.messages.map(({ text }) => text)
    expect(texts?.filter((text) => text.includes('Bea says'))).toEqual(['Bea says: hello', 'Bea says: again'])
    client.stop()
    await end(child, 'SIGINT')
    expect(child.exitCode).toBe(0)
  }, 90_000)
})

/** Makes an account of an owner, by the command line. */
const addOwner = async (name: string, password: string): Promise<void> => {
  const words = ['apps/cli/src/main.ts', 'user', 'add', name, '--role', 'owner', '--password-stdin']
  const env = { ...process.env, PARLEY_DATA: data }
  const child = spawn(process.execPath, words, { cwd: root, env, stdio: ['pipe', 'inherit', 'inherit'] })
  const ended = once(child, 'exit')
  child.stdin.end(password)
  expect(await ended).toEqual([0, null])
}

/** The lines of a program, from now on. */
const linesOf = ({ stdout }: ChildProcess): readonly string[] => {
  const lines: string[] = []
  if (stdout) createInterface(stdout).on('line', (line) => lines.push(line))
  return lines
}

/** Says something, and waits as often as it is called until a reply to that is as wanted. */
const asked = (client: Client, text: string) => {
  const { id } = client.send('general', text)
  return (isWanted: (reply: Message) => boolean): Promise<Message> =>
    new Promise((resolve) => {
      const look = (): void => {
        const { messages = [] } = client.state.rooms.get('general')?.window ?? {}
        const found = messages.find(({ replyTo }) => replyTo === id)
        if (!found || !isWanted(found)) return
        leave()
        resolve(found)
      }
      const leave = client.subscribe(look)
      look()
    })
}

const hasBegun = ({ text }: Message): boolean => text.length > 20
const hasEnded = ({ ended }: Message): boolean => ended !== undefined
const counted = (last: number): string => Array.from({ length: last }, (_, index) => `${index + 1} `).join('')

describe('the counting bot', () => {
  test('says its replies bit by bit, goes on after the server was killed, and can be stopped', async () => {
    await addOwner('root', 'a good password')
    const session = await signIn(server.url, { username: 'root', password: 'a good password' })
    const client = createClient({ server: server.url, session })
    await client.start()
    const { bot } = await client.call('POST /api/bots', { body: { name: 'Counter', runs: 'outside' } })
    const { token } = await client.call('POST /api/bots/{user}/tokens', { params: { user: bot.id } })
    const words = ['examples/counting-bot.ts', server.url]
    const { child } = await run(words, /^Counter counts/, { PARLEY_TOKEN: token })
    const lines = linesOf(child)

    const long = asked(client, '@Counter 150')
    await expect(long(hasBegun)).resolves.toMatchObject({ streaming: true })
    await end(server.child, 'SIGKILL')
    server = await startServer(new URL(server.url).port)
    await expect(long(hasEnded)).resolves.toMatchObject({ text: counted(150), ended: 'done' })

    const endless = asked(client, '@Counter 9000')
    const { id } = await endless(hasBegun)
    await client.stopReply('general', id)
    const stopped = await endless(hasEnded)
    expect(stopped).toMatchObject({ ended: 'stopped', endedBy: session.user?.id })
    expect(counted(9000).startsWith(stopped.text)).toBe(true)

    await expect(asked(client, '@Counter 2')(hasEnded)).resolves.toMatchObject({ text: '1 2 ' })
    await expect.poll(() => lines).toEqual(['done', 'stopped', 'done'].map((how) => `answered root: ${how}`))
    client.stop()
    await end(child, 'SIGINT')
  }, 90_000)
})
