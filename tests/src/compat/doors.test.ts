import { describe, expect, test } from 'vitest'
import { gateway, oldSystem, preflight, refusedWith } from '../harness/compat.ts'
import { world } from '../harness/world.ts'

const names = ['prompt', 'broadcast', 'cloud-week', 'rooms', 'lambdasharp']
const query = '?user_id=test&room_id=test'

describe('unless it is switched on', () => {
  test('there is nothing', async () => {
    const { deployment } = await world()
    for (const name of names) {
      const system = oldSystem(deployment, name)
      expect(await refusedWith(system.connect(query)), name).toBe(404)
    }
    const here = { origin: deployment.url }
    expect((await oldSystem(deployment, 'prompt').ask('POST', '/login', {}, here)).status).toBe(404)
    expect((await oldSystem(deployment, 'broadcast').ask('POST', '/broadcastmessage', {}, here)).status).toBe(404)
    expect((await oldSystem(deployment, 'rooms').ask('GET', '/chat?room_id=general')).status).toBe(404)
    expect((await oldSystem(deployment, 'lambdasharp').ask('GET', '/config.json')).status).toBe(404)
  })
})

describe('where guests are refused', () => {
  test('so are all who know no signing in, over HTTP and by socket; who signs in is not', async () => {
    const { deployment, account } = await world({ PARLEY_COMPAT: 'on', PARLEY_GUESTS: 'off' })
    for (const name of names.slice(1)) {
      expect(await refusedWith(oldSystem(deployment, name).connect(query)), name).toBe(403)
    }
    const rooms = oldSystem(deployment, 'rooms')
    const said = { room_id: 'general', text: 'hi', user_id: 7, name: 'name' }
    expect((await rooms.ask('PUT', '/chat', said)).status).toBe(403)
    expect((await rooms.ask('GET', '/chat?room_id=general')).status).toBe(403)
    const broadcast = oldSystem(deployment, 'broadcast')
    expect((await broadcast.ask('POST', '/broadcastmessage', { Message: 'hi' })).status).toBe(403)
    expect((await preflight(rooms, 'PUT', '/chat', 'content-type')).isFine).toBe(true)

    const { user, password } = await account('member')
    const prompt = oldSystem(deployment, 'prompt')
    const answer = await prompt.ask('POST', '/login', { username: user.name, password })
    const { token } = JSON.parse(answer.text).body
    expect(await refusedWith(prompt.connect(`?token=Bearer%20${token}`))).toBe(101)
  })
})

describe('where it is switched on', async () => {
  const { deployment } = await world({ PARLEY_COMPAT: 'on', PARLEY_RATE: '20', PARLEY_ORIGINS: '' })
  const system = oldSystem(deployment, 'lambdasharp')

  test('sockets take no origin or a loopback one, and a slash more; nothing else', async () => {
    for (const [path, origin] of [
      ['', undefined],
      ['?username=a', 'http://localhost:3000'],
      ['/', 'http://127.0.0.1'],
    ]) {
      expect(await refusedWith(system.connect(path, origin === undefined ? {} : { origin }))).toBe(101)
    }
    for (const origin of ['https://elsewhere.example', 'null', 'http://localhost.example']) {
      expect(await refusedWith(system.connect('', { origin }))).toBe(403)
    }
    expect(await refusedWith(oldSystem(deployment, 'constructor').connect())).toBe(404)
    expect(await refusedWith(oldSystem(deployment, 'rooms/chat').connect(query))).toBe(404)
    expect(await refusedWith(system.connect('', { host: 'elsewhere.example' }))).toBe(421)
    expect((await system.ask('GET', '/config.json', undefined, { host: 'elsewhere.example' })).status).toBe(421)
    expect((await system.ask('GET', '/nothing')).status).toBe(404)
  })

  test('who floods is slowed, in words of its own system, and closed if it goes on', async () => {
    const flooding = await system.connect()
    await flooding.heard()
    for (let count = 0; count < 200; count += 1) flooding.send({ action: 'nothing' })
    await flooding.closed
    const said = new Set(flooding.waiting())
    expect([...said].sort()).toEqual([gateway('Forbidden'), gateway('Too Many Requests')])
  })

  test('guests and signing in have their rates here too', async () => {
    const statuses: number[] = []
    for (let count = 0; count < 40; count += 1) {
      statuses.push(await refusedWith(oldSystem(deployment, 'broadcast').connect()))
    }
    expect(statuses).toContain(429)
    const prompt = oldSystem(deployment, 'prompt')
    const answers: string[] = []
    for (let count = 0; count < 12; count += 1) {
      answers.push((await prompt.ask('POST', '/login', { username: 'somebody', password: 'wrong' })).text)
    }
    expect(answers[0]).toContain('User not found')
    expect(answers.at(-1)).toContain('Too many attempts')
    expect((await prompt.ask('POST', '/login', 'x'.repeat(70_000))).status).toBe(413)
  })

  test('frames that are too large end the connection', async () => {
    const { deployment: other } = await world({ PARLEY_COMPAT: 'on' })
    const client = await oldSystem(other, 'lambdasharp').connect()
    await client.heard()
    client.send({ action: 'send', text: 'x'.repeat(33 * 1024) })
    expect((await client.closed).code).toBe(1009)
    expect(client.waiting()).toEqual([])
  })
})
