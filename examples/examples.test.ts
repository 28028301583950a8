import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { asGuest, type Client, createClient, type Message } from '@parley/client'
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
