import { expect, onTestFinished, test } from 'vitest'
import { seat } from '../harness/command.ts'
import { doorTo } from '../harness/door.ts'
import { nodeWorld } from '../harness/world.ts'
import { plantedBugs } from './planted-bugs.ts'
import { plantedServer } from './planted-server.ts'

// A model that is connected may cost money: nothing is asked of it.
const { deployment, account, api } = await nodeWorld({
  PARLEY_MODEL_URL: 'http://127.0.0.1:2/v1',
  PARLEY_MODEL: 'none',
})

test('a server that is killed by --restart-command is verified over its deaths', async () => {
  const { port } = new URL(deployment.url)
  const door = await doorTo(async () => {
    await deployment.kill()
    await deployment.restart({ PORT: port })
  })
  onTestFinished(door.close)
  const { run } = await seat(deployment.url)
  const words = ['verify', '--clients', '2', '--messages', '20', '--restarts', '1', '--restart-command', door.command]
  const { token } = await account('admin')
  const { code, out } = await run(words, '', { PARLEY_TOKEN: token })
  expect(out).toMatch(/1 restart of the server\.\n\nAll of this holds:\n/)
  expect(out).toMatch(/accounts called "verify-[0-9a-f]{8} \.\.\.", banned\n/)
  expect(code).toBe(0)
})

test('a member has rooms made for guests, and is told what could not be checked', async () => {
  const { run } = await seat(deployment.url)
  const { token } = await account('member')
  const words = ['verify', '--token', token, '--clients', '3', '--messages', '20', '--json']
  const { code, out } = await run(words)
  const report = JSON.parse(out)
  expect(report).toMatchObject({ violations: [], as: 'member and guests' })
  expect(report.unchecked.map((what: string) => what.split(':')[0])).toEqual([
    'replies of bots',
    'bans',
    'the death of the server',
  ])
  expect(code).toBe(0)
  const { rooms } = await api.call('GET /api/rooms', { token })
  expect(rooms.filter(({ kind }) => kind === 'private')).toEqual([])
})

test('a broken promise is named with the history that shows it, and ends with 1', async () => {
  const bug = plantedBugs.find(({ rule }) => rule === 'W8')
  const { url, token, dispose } = await plantedServer(bug?.plant)
  onTestFinished(dispose)
  const { run } = await seat(url)
  const { code, out } = await run(['verify', '--token', token, '--clients', '2', '--messages', '20', '--seed', '7'])
  expect(out).toMatch(/W8: Rev \d+ is that of two /)
  expect(out).toMatch(/The shortest history that shows the first of them \(seconds\):\n +\d+\.\d{3} {2}\S/)
  expect(out).toMatch(/\nBROKEN: http:\S+ as accounts, --seed 7\n$/)
  expect(code).toBe(1)
})

test('what cannot be looked at is said in a line', async () => {
  const { run } = await seat(deployment.url)
  const cases = [
    [['verify', '--token', 'nonsense'], 3, `${deployment.url} does not accept this token: it is wrong, or over.`],
    [['verify', 'http://127.0.0.1:2', '--guests'], 4, 'http://127.0.0.1:2 does not answer: nothing listens there.'],
    [
      ['verify', '--clients', '1'],
      2,
      "Option '--clients <number>' argument '1' is invalid. It is a whole number from 2 up.",
    ],
  ] as const
  for (const [words, code, line] of cases) {
    const ended = await run(words)
    expect([ended.code, ended.out, ended.err.trim().split('\n').at(-1)]).toEqual([code, '', line])
  }
})
