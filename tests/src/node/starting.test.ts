import { execFileSync } from 'node:child_process'
import { chmod, cp, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, describe, expect, test } from 'vitest'
import { apiAt } from '../harness/api.ts'
import type { Settings } from '../harness/deployment.ts'
import { ask } from '../harness/http.ts'
import { entry, nodeDeployment, runCli } from '../harness/node-deployment.ts'
import { startProcess } from '../harness/server-process.ts'
import { newName, nodeWorld } from '../harness/world.ts'

const folders: string[] = []
const newFolder = async (): Promise<string> => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-start-'))
  folders.push(folder)
  return folder
}
afterAll(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true }))))

/** Starts a server that shall not start; how it ended and what it wrote. */
const failedStart = async (settings: Settings, wrapper: readonly string[] = []) => {
  const server = startProcess({
    arguments: [entry],
    settings: { PORT: '0', ...settings },
    wrapper,
  })
  const started = await server.ready.catch(() => undefined)
  if (started) {
    await server.kill()
    throw new Error(`it has started: ${started}`)
  }
  const { code } = await server.ended
  const { out, err } = server.output()
  return { code, out, err, lines: err.trim().split('\n') }
}

const used = newFolder().then(async (data) => {
  const server = await nodeDeployment({}, { data })
  await apiAt(server.url).call('POST /api/guests', { body: { name: 'Ada' } })
  await server.stop()
  return data
})
/** A data folder in which a server has been. */
const usedFolder = async (): Promise<string> => {
  const [data, from] = [await newFolder(), await used]
  await rm(join(from, 'parley.sock'), { force: true })
  await cp(from, data, { recursive: true })
  return data
}

describe('settings', () => {
  test.each([
    ['PORT', 'eighty'],
    ['PARLEY_RATE', '0'],
    ['PARLEY_ORIGINS', 'chat.example'],
    ['PARLEY_KEY', 'short'],
    ['PARLEY_BUDGET_ROOM', 'much'],
    ['PARLEY_DELTAS', 'often'],
    ['PARLEY_MODELS', '/there/is/no/such/file.json'],
  ])('%s=%s is one line that names it, and exit code 2', async (name, value) => {
    const { code, out, lines } = await failedStart({ PARLEY_DATA: await newFolder(), [name]: value })
    expect(code).toBe(2)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(name)
    expect(out).toBe('')
    if (name === 'PARLEY_KEY') expect(lines[0]).not.toContain(value)
  })

  test('a port in use is said so', async () => {
    const other = createServer()
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve))
    const { port } = other.address() as AddressInfo
    const { code, lines } = await failedStart({ PARLEY_DATA: await newFolder(), PORT: String(port) })
    expect(code).toBe(1)
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(`Port ${port}`)
    expect(lines[0]).toContain('in use')
    other.close()
  })

  test('an address that this machine does not have is said so', async () => {
    const { code, lines } = await failedStart({ PARLEY_DATA: await newFolder(), HOST: '203.0.113.1' })
    expect([code, lines.length]).toEqual([2, 1])
    expect(lines[0]).toContain('HOST')
  })

  test('the first start says how to make the first owner, a later one does not; empty settings are none', async () => {
    const data = await newFolder()
    const server = await nodeDeployment({ PARLEY_ORIGINS: '', PARLEY_GUESTS: '', PARLEY_KEY: '' }, { data })
    expect(server.process.output().out.trim()).toBe(`Parley is ready at ${server.url}`)
    expect(server.process.output().err).toContain(`Make the first owner: ${server.url}/first-owner#`)
    await server.addAccount('Ada', 'owner', 'password')
    await server.stop()
    await server.restart()
    expect(server.process.output().out.trim()).toBe(`Parley is ready at ${server.url}`)
    expect(server.process.output().err).not.toContain('first-owner')
    await server.dispose()
  })
})

describe('data folders', () => {
  test('a second server on the same data is refused, and the first goes on', async () => {
    const data = await newFolder()
    const first = await nodeDeployment({}, { data })
    const { code, lines } = await failedStart({ PARLEY_DATA: data })
    expect([code, lines.length]).toEqual([1, 1])
    expect(lines[0]).toContain(data)
    await apiAt(first.url).call('POST /api/guests', { body: { name: 'Ada' } })
    await first.addAccount('Bo', 'member', 'password')
    await first.kill()
    await first.restart()
    await first.dispose()
  })

  test('everything in it is for its owner alone', async () => {
    const data = join(await newFolder(), 'data')
    const server = await nodeDeployment({}, { data })
    const modeOf = async (name: string) => ((await stat(join(data, name))).mode & 0o777).toString(8)
    expect(await modeOf('.')).toBe('700')
    for (const name of ['parley.db', 'signing.key', 'parley.sock'])
      expect([name, await modeOf(name)]).toEqual([name, '600'])
    await server.stop()
  })

  test('a corrupt database is one clear line, and exit code 1', async () => {
    for (const spoil of [
      () => Buffer.from('this is no database at all, but a text of some length'.repeat(100)),
      (file: Buffer) => Buffer.concat([file.subarray(0, 100), Buffer.alloc(file.length - 100, 0x5a)]),
    ]) {
      const data = await usedFolder()
      const path = join(data, 'parley.db')
      await writeFile(path, spoil(await readFile(path)))
      const { code, err, lines } = await failedStart({ PARLEY_DATA: data })
      expect(code).toBe(1)
      expect(lines).toHaveLength(1)
      expect(err).toContain(path)
      expect(err).not.toMatch(/\bat .*\.ts:\d+/)
    }
  })

  test('a database of a newer version is refused, and left as it is', async () => {
    const data = await usedFolder()
    const path = join(data, 'parley.db')
    const db = new DatabaseSync(path)
    db.exec('PRAGMA user_version = 9999')
    db.close()
    const before = await readFile(path)
    const { code, lines } = await failedStart({ PARLEY_DATA: data })
    expect([code, lines.length]).toEqual([1, 1])
    expect(lines[0]).toMatch(/newer/)
    expect((await readFile(path)).equals(before)).toBe(true)
  })

  test('a database that another process holds is one clear line, and exit code 1', async () => {
    const data = await usedFolder()
    const other = new DatabaseSync(join(data, 'parley.db'))
    other.exec('BEGIN IMMEDIATE')
    const { code, lines } = await failedStart({ PARLEY_DATA: data })
    expect(code).toBe(1)
    expect(lines.at(-1)).toMatch(/^Parley cannot start\. .*locked/)
    other.close()
    const server = await nodeDeployment({}, { data })
    await server.stop()
  })

  test('a key that is none is refused', async () => {
    const data = await usedFolder()
    await writeFile(join(data, 'signing.key'), 'too short')
    const { code, lines } = await failedStart({ PARLEY_DATA: data })
    expect([code, lines.length]).toEqual([1, 1])
    expect(lines[0]).toContain('signing.key')
  })

  test('one that is a file, or cannot be made, is refused', async () => {
    const folder = await newFolder()
    await writeFile(join(folder, 'file'), '')
    for (const data of [join(folder, 'file'), join(folder, 'file', 'data')]) {
      const { code, err, lines } = await failedStart({ PARLEY_DATA: data })
      expect([code, lines.length]).toEqual([1, 1])
      expect(err).not.toMatch(/\bat .*\.ts:\d+/)
    }
  })

  /** Whoever runs the tests as root may write anywhere, unless that right is given up. */
  const withoutRights = process.getuid?.() === 0 ? ['setpriv', '--bounding-set=-all', '--inh-caps=-all'] : []
  const canDrop = (() => {
    try {
      const [command = 'true', ...rest] = withoutRights
      execFileSync(command, [...rest, 'true'], { stdio: 'ignore' })
      return true
    } catch {
      return withoutRights.length === 0
    }
  })()

  test.runIf(canDrop)('one that is read-only is refused, used or not', async () => {
    const [fresh, old] = [await newFolder(), await usedFolder()]
    for (const name of ['parley.db', 'parley.lock', 'signing.key']) await chmod(join(old, name), 0o400).catch(() => {})
    for (const data of [fresh, old]) {
      await chmod(data, 0o500)
      const { code, err, lines } = await failedStart({ PARLEY_DATA: data }, withoutRights)
      expect([code, lines.length]).toEqual([1, 1])
      expect(err).toContain(data)
      expect(err).not.toMatch(/\bat .*\.ts:\d+/)
      await chmod(data, 0o700)
    }
  })
})

describe('guests and origins', () => {
  test('[H8] PARLEY_GUESTS=off turns guests away, also from this machine', async () => {
    const server = await nodeDeployment({ PARLEY_GUESTS: 'off' })
    const refusal = await apiAt(server.url).refusal('POST /api/guests', { body: { name: 'Ada' } })
    expect([refusal.status, refusal.code]).toEqual([403, 'forbidden'])
    await server.dispose()
  })

  test('[A6][A7][H8][H27] PARLEY_ORIGINS says which pages and hosts there are, PARLEY_GUESTS=on lets guests in through a proxy', async () => {
    const server = await nodeDeployment({
      PARLEY_ORIGINS: 'https://chat.example, http://other.example:8080',
      PARLEY_GUESTS: 'on',
    })
    const get = (host: string) => ask(server.url, 'GET', '/api/health', { headers: { host } })
    for (const host of ['chat.example', 'CHAT.example:443', 'other.example:8080']) {
      expect((await get(host)).status, host).toBe(200)
    }
    for (const host of ['localhost', '127.0.0.1', 'other.example', 'chat.example:80', 'sub.chat.example']) {
      expect((await get(host)).status, host).toBe(421)
    }
    const login = (origin: string) =>
      ask(server.url, 'POST', '/api/login', {
        headers: { host: 'chat.example', origin },
        body: '{"username":"a","password":"b"}',
      })
    expect((await login('https://chat.example')).status).toBe(401)
    expect((await login('http://localhost')).status).toBe(403)
    const headers = { host: 'chat.example', 'x-forwarded-for': '203.0.113.7', via: '1.1 proxy' }
    const guest = await ask(server.url, 'POST', '/api/guests', { headers, body: '{"name":"Ada"}' })
    expect(guest.status).toBe(201)
    const config = JSON.parse(
      (await ask(server.url, 'GET', '/config.json', { headers: { host: 'chat.example' } })).text,
    )
    expect([config.api, config.socket]).toEqual(['https://chat.example/api', 'wss://chat.example/ws'])
    await server.dispose()
  })
})

describe('the command line beside a running server', () => {
  test('[C3][C4][H9] makes, lists, changes and bans accounts at once', async () => {
    const { deployment, api, login, connect } = await nodeWorld()
    const settings = { PARLEY_DATA: deployment.data }
    const name = newName('Cli')
    await runCli(['user', 'add', name, '--role', 'admin', '--password-stdin'], settings, 'first password\n')
    const person = await login(name, 'first password')
    expect(person.user.role).toBe('admin')
    await expect(runCli(['user', 'add', name, '--password-stdin'], settings, 'password')).rejects.toThrow()
    expect(await runCli(['user', 'list'], settings, '')).toContain(`${name}\tperson\tadmin`)
    await runCli(['user', 'role', name, 'member'], settings, '')
    expect((await api.call('GET /api/me', { token: person.token })).user.role).toBe('member')
    const client = await connect(person)
    await runCli(['user', 'password', name, '--password-stdin'], settings, 'second password')
    expect((await client.closed).code).toBe(4401)
    const again = await connect(await login(name, 'second password'))
    await runCli(['user', 'ban', name], settings, '')
    expect((await again.closed).code).toBe(4403)
    await runCli(['user', 'ban', name, '--lift'], settings, '')
    await login(name, 'second password')
    await deployment.stop()
    await runCli(['user', 'role', name, 'owner'], settings, '')
    await deployment.restart()
    expect((await login(name, 'second password')).user.role).toBe('owner')
  })
})

test('[X3] the log has no text, password, token or ticket in it', async () => {
  const { deployment, api, account, connect, guest } = await nodeWorld({ PARLEY_LOG: 'debug' })
  const person = await account()
  const client = await connect(person)
  const text = 'nobody else shall read this'
  await client.ask('message', { action: 'send', room: 'general', id: crypto.randomUUID(), text })
  client.send(`{"action":"send","text":"${text}"`)
  await client.heard('error')
  const { ticket } = await api.call('POST /api/tickets', { token: person.token })
  await (await connect(await guest(), { path: `/ws?ticket=${ticket}` })).close()
  await api.refusal('POST /api/login', { body: { username: person.user.name, password: `${person.password}!` } })
  await api.call('POST /api/password', {
    token: person.token,
    body: { current: person.password, password: 'new secret' },
  })
  await deployment.stop()
  const { out, err } = deployment.process.output()
  for (const secret of [text, person.password, 'new secret', person.token, ticket])
    expect(out + err).not.toContain(secret)
})
