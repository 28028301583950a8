import { execFileSync } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { afterAll, expect, test } from 'vitest'
import { checkRoom, writer } from '../harness/load.ts'
import type { HandshakeRefused, UpFrame } from '../harness/raw-client.ts'
import { type Client, newId, newName, newRoomId, nodeWorld, say, type World } from '../harness/world.ts'

/** Asks again and again until it is done; fails when it is refused for another reason than the storage. */
const untilDone = async (client: Client, frame: UpFrame): Promise<number> => {
  for (let refusals = 0; ; refusals += 1) {
    const ref = newId()
    const answer = client.answer(ref, frame.action)
    client.tell({ ...frame, ref })
    const got = await answer
    if (got.type !== 'error') return refusals
    expect(got.code).toBe('unavailable')
  }
}

/** Everything that has to be stored is refused as unavailable, over HTTP too; what needs no storage goes on. */
const checkUnavailable = async (world: World, client: Client, room: string): Promise<void> => {
  const { token } = client.person
  const login = { username: client.me.name, password: password(client) }
  const [frames, requests, upgrade] = await Promise.all([
    Promise.all([
      client.refusal({ action: 'send', room, id: newId(), text: 'not stored' }),
      client.refusal({ action: 'create', room: newRoomId(), kind: 'public' }),
      client.refusal({ action: 'set', room, topic: newName() }),
    ]),
    Promise.all([
      world.api.refusal('POST /api/rooms/{room}/messages', { token, at: room, body: { text: 'not stored' } }),
      world.api.refusal('POST /api/guests', { body: { name: newName() } }),
      world.api.refusal('POST /api/login', { body: login }),
      world.api.refusal('GET /api/health'),
    ]),
    world.socket(client.person).catch((error: HandshakeRefused) => error.status),
  ])
  for (const { code, retry } of frames) {
    expect(code).toBe('unavailable')
    expect(retry).toBeGreaterThanOrEqual(1)
  }
  for (const { status, code, headers } of requests) {
    expect([status, code]).toEqual([503, 'unavailable'])
    expect(headers['retry-after']).toMatch(/^[1-9]\d*$/)
  }
  expect(upgrade).toBe(503)
  await client.ask('pong', { action: 'ping' })
}
const password = (client: Client): string => `password of ${client.me.name}`

const textsOf = async (client: Client, room: string): Promise<readonly string[]> =>
  (await client.ask('page', { action: 'history', room, limit: 500 })).messages.map(({ text }) => text)

test('[X5][H6][H24] while another process holds the database, writing is unavailable and reading goes on', async () => {
  const world = await nodeWorld({}, { clock: 1 })
  const [ada, bo] = [await world.member(), await world.member()]
  const place = await world.room('private', ada, bo)
  await say(ada, place, 'before')
  const other = new DatabaseSync(join(world.deployment.data, 'parley.db'))
  other.exec('BEGIN IMMEDIATE')
  await checkUnavailable(world, ada, place)
  expect(await textsOf(bo, place)).toEqual(['before'])
  other.exec('ROLLBACK')
  other.close()
  await untilDone(ada, { action: 'send', room: place, id: newId(), text: 'after' })
  expect(await textsOf(bo, place)).toEqual(['before', 'after'])
  expect(bo.waiting('message', ({ message }) => message.text === 'not stored')).toEqual([])
  await world.deployment.advance(2_000)
  await world.api.call('GET /api/health')
  const { err } = world.deployment.process.output()
  expect(err).toMatch(/"level":50.*locked/)
  expect(err).toMatch(/written again/)
})

test('[X5][X4] heartbeats, comings and goings while the database is held end nothing', async () => {
  const world = await nodeWorld({}, { clock: 20 })
  const [ada, bo] = [await world.member(), await world.connect(await world.guest())]
  const going = await Promise.all(Array.from({ length: 5 }, async () => world.connect(await world.guest())))
  const other = new DatabaseSync(join(world.deployment.data, 'parley.db'))
  other.exec('BEGIN IMMEDIATE')
  for (const client of going) await client.close()
  // Three rounds of the heartbeat, which renews the leases of connections, each of which may be kept somewhere.
  for (let round = 1; round <= 3; round += 1) {
    await ada.pinged()
    await ada.ask('pong', { action: 'ping' })
  }
  other.exec('ROLLBACK')
  other.close()
  await untilDone(ada, { action: 'send', room: 'general', id: newId(), text: 'after' })
  await bo.heard('message', ({ message }) => message.text === 'after')
})

test('[C6][X5] SIGTERM while another process holds the database does not wait for it', async () => {
  const world = await nodeWorld()
  const clients = await Promise.all(Array.from({ length: 5 }, async () => world.connect(await world.guest())))
  const other = new DatabaseSync(join(world.deployment.data, 'parley.db'))
  other.exec('BEGIN IMMEDIATE')
  const frame = () => ({ action: 'send', room: 'general', id: newId(), text: 'text' })
  const sends = Promise.allSettled(clients.map((client) => client.refusal(frame())))
  const { ms } = await world.deployment.stop()
  // It gives itself less than 5 s; the rest is for a machine that is busy.
  expect(ms).toBeLessThan(8_000)
  for (const refusal of await sends) {
    if (refusal.status === 'fulfilled') expect(refusal.value.code).toBe('unavailable')
  }
  for (const client of clients) expect((await client.closed).code).toBe(1001)
  other.close()
})

/** A folder that holds so much and no more, if this machine lets us make one. */
const smallFolder = async (megabytes: number): Promise<string | undefined> => {
  const folder = await mkdtemp(join(tmpdir(), 'parley-small-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder], { stdio: 'ignore' })
    return folder
  } catch {
    await rm(folder, { recursive: true })
    return undefined
  }
}
const small = await smallFolder(12)
afterAll(async () => {
  if (!small) return
  execFileSync('umount', ['-l', small])
  await rm(small, { recursive: true, force: true })
})

/** Fills the storage by talking, then checks that nothing is lost and that it goes on when there is room again. */
const fillAndFree = async (
  world: Awaited<ReturnType<typeof nodeWorld>>,
  makeRoom: () => Promise<void>,
): Promise<void> => {
  const ada = await world.member()
  const bo = await world.connect(await world.guest())
  const place = await world.room('private', ada, bo)
  const writers = [writer(ada.person, place, 20), writer(bo.person, place, 20)]
  await Promise.all([writers[0]?.write(ada), writers[1]?.write(bo)])
  const refused = writers.flatMap(({ attempts }) => attempts).filter(({ answer }) => !answer)
  expect(refused.length).toBeGreaterThan(0)
  for (const attempt of refused) expect(attempt.refused).toBe('unavailable')
  await makeRoom()
  for (const [index, client] of [ada, bo].entries()) {
    const attempts = writers[index]?.attempts.filter(({ answer }) => !answer) ?? []
    for (const { frame } of attempts) await untilDone(client, frame)
    await writers[index]?.repeat(client)
  }
  await checkRoom(world, place, writers)
  await world.deployment.kill()
  await world.deployment.restart()
  const messages = await checkRoom(world, place, writers)
  expect(messages.length).toBe(writers.flatMap(({ attempts }) => attempts).length)
}

test.runIf(small)(
  '[X5][D1] when the disk is full nothing that was answered is lost, and with room it goes on',
  async () => {
    const filler = join(small ?? '', 'filler')
    const data = join(small ?? '', 'data')
    const world = await nodeWorld({}, { data })
    await writeFile(filler, Buffer.alloc(6 * 1024 * 1024))
    await fillAndFree(world, () => rm(filler))
  },
)

const canLimit = (() => {
  try {
    execFileSync('prlimit', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
})()

test.runIf(canLimit)('[X5][D1] when no file may grow any more it is the same', async () => {
  const world = await nodeWorld({}, { wrapper: ['prlimit', `--fsize=${3 * 1024 * 1024}:unlimited`] })
  const { pid } = world.deployment.process
  await fillAndFree(world, async () => {
    execFileSync('prlimit', ['--pid', String(pid), '--fsize=unlimited:unlimited'])
  })
})
