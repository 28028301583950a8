import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { endpoints, Message } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { cli, seat } from '../harness/command.ts'
import { exactly } from '../harness/exactly.ts'
import { newName, nodeWorld, say } from '../harness/world.ts'

const world = await nodeWorld()
const { deployment, api, guest } = world
const reader = await guest()

/** A public room of somebody who may say something in it. */
const newRoom = async () => {
  const host = await world.member()
  return { room: await world.room('public', host), host }
}
const textsIn = async (room: string): Promise<readonly string[]> => {
  const { messages } = await api.call('GET /api/rooms/{room}/messages', { token: reader.token, at: room })
  return messages.map(({ text }) => text)
}
const jsonLines = (out: string): readonly unknown[] =>
  out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
const asMessage = (value: unknown): Message => exactly(Message, value, 'a line of JSON')

describe('parley send', () => {
  test('sends its words as one message, and says nothing', async () => {
    const [{ room }, { run }] = [await newRoom(), await seat(deployment.url)]
    expect(await run(['send', '--room', room, 'Lunch', 'is', 'here.'])).toEqual({ code: 0, out: '', err: '' })
    expect(await run(['send', deployment.url, '--room', room, 'By', 'address'])).toMatchObject({ code: 0 })
    expect(await textsIn(room)).toEqual(['Lunch is here.', 'By address'])
  })

  test('sends its whole input as one message, or each line as one, without colours', async () => {
    const [{ room }, { run }] = [await newRoom(), await seat(deployment.url)]
    const input = 'one\n  \x1b[31mtwo\x1b[0m\n\nthree 좋아요\n'
    expect((await run(['send', '--room', room], input)).code).toBe(0)
    const { code, out } = await run(['send', '--room', room, '--lines', '--json'], input)
    expect(code).toBe(0)
    expect(jsonLines(out).map((line) => asMessage(line).text)).toEqual(['one', '  two', 'three 좋아요'])
    expect(await textsIn(room)).toEqual(['one\n  two\n\nthree 좋아요', 'one', '  two', 'three 좋아요'])
  })

  test('goes on after the server was away, each line once and in order', async () => {
    const [{ room }, { start }] = [await newRoom(), await seat(deployment.url)]
    const command = start(['send', '--room', room, '--lines', '--json'])
    command.type('before')
    await command.said(/"before"/)
    const { port } = new URL(deployment.url)
    await deployment.kill()
    for (const text of ['meanwhile', 'and again']) command.type(text)
    await deployment.restart({ PORT: port })
    command.endInput()
    expect((await command.ended).code).toBe(0)
    expect(await textsIn(room)).toEqual(['before', 'meanwhile', 'and again'])
  })

  test('gives up when the server stays away for too long', async () => {
    const [{ room }, { start }] = [await newRoom(), await seat(deployment.url)]
    const command = start(['send', '--room', room, '--lines', '--json', '--timeout', '1'])
    command.type('before')
    await command.said(/"before"/)
    const { port } = new URL(deployment.url)
    await deployment.kill()
    command.type('never')
    const { code, err } = await command.ended
    expect(code).toBe(4)
    expect(err).toMatch(/^\S+ does not answer: .*\.\n$/)
    await deployment.restart({ PORT: port })
  })
})

describe('parley tail', () => {
  test('prints the newest messages, for people and for programs', async () => {
    const [{ room }, { run }] = [await newRoom(), await seat(deployment.url)]
    await run(['send', '--room', room, '--lines', '--name', 'Ana'], 'one\ntwo\nthree\n')
    const [{ code, out }, all, none] = await Promise.all([
      run(['tail', '--room', room, '--lines', '2']),
      run(['tail', '--room', room, '--json']),
      run(['tail', '--room', room, '--lines', '0']),
    ])
    expect(code).toBe(0)
    expect(out).toMatch(/^\d{4}-\d\d-\d\d \d\d:\d\d Ana: two\n\d{4}-\d\d-\d\d \d\d:\d\d Ana: three\n$/)
    const lines = jsonLines(all.out).map(asMessage)
    expect(lines.map(({ text, seq, room: where }) => [text, seq, where])).toEqual([
      ['one', 1, room],
      ['two', 2, room],
      ['three', 3, room],
    ])
    expect(none.out).toBe('')
  })

  test('follows, through a restart of the server, with what is changed told again', async () => {
    const { room, host } = await newRoom()
    const here = await seat(deployment.url)
    const first = await say(host, room, 'first')
    const tail = here.start(['tail', '--room', room, '--follow', '--json'])
    await tail.said(/"first"/)
    await say(host, room, 'second')
    await tail.said(/"second"/)
    const { port } = new URL(deployment.url)
    await deployment.kill()
    await deployment.restart({ PORT: port })
    const again = await world.connect(host.person)
    await say(again, room, 'third')
    await again.ask('message', { action: 'edit', room, id: first.id, text: 'first, edited' })
    const changed = asMessage(JSON.parse(await tail.said(/first, edited/)))
    expect(changed).toMatchObject({ seq: 1, rev: 4, editedAt: expect.any(String) })
    tail.kill()
    const told = jsonLines((await tail.ended).out).map(asMessage)
    expect(told.map(({ seq, rev }) => [seq, rev])).toEqual([
      [1, 1],
      [2, 2],
      [3, 3],
      [1, 4],
    ])
  })

  test('ends quietly when nobody reads on', async () => {
    const [{ room, host }, { environment }] = [await newRoom(), await seat(deployment.url)]
    for (let number = 0; number < 200; number += 1) await say(host, room, `line ${number}`)
    const script = `"${process.execPath}" "${cli}" tail --room ${room} --follow --lines 200 | head -1`
    let isOver = false
    const ended = new Promise((resolve) => {
      execFile('bash', ['-o', 'pipefail', '-c', script], { env: environment }, (error, out, err) => {
        isOver = true
        resolve({ code: error?.code ?? 0, lines: out.split('\n').length - 1, err })
      })
    })
    while (!isOver) await say(host, room, 'one more for the reader that is gone')
    expect(await ended).toEqual({ code: 0, lines: 1, err: '' })
  })
})

describe('parley rooms', () => {
  test('lists what is unread, for people and for programs', async () => {
    const { room, host } = await newRoom()
    await host.ask('room', { action: 'set', room, topic: `All about ${room}` })
    const here = await seat(deployment.url)
    expect((await here.run(['rooms'])).out).toContain(`${room}\tnot joined\tAll about ${room}`)
    await here.run(['chat', '--room', room])
    await say(host, room, 'news')
    const [{ code, out }, json] = await Promise.all([here.run(['rooms']), here.run(['rooms', '--json'])])
    expect(code).toBe(0)
    expect(out).toContain(`${room}\t1 unread\tAll about ${room}\n`)
    const rooms = jsonLines(json.out)
    exactly(endpoints['GET /api/rooms'].response, { rooms, more: false }, 'the lines of JSON')
    expect(rooms).toContainEqual(expect.objectContaining({ id: room, unread: 1, member: true }))
  })

  test('calls direct rooms by who is in them', async () => {
    const here = await seat(deployment.url)
    const bia = newName('Bia')
    await world.visitor(bia)
    await here.run(['chat'], `/dm ${bia} psst\n`)
    expect((await here.run(['rooms'])).out).toMatch(new RegExp(`^${bia}\t`, 'm'))
  })
})

describe('colours', () => {
  test('are written to a pipe only where the environment asks for them', async () => {
    const [{ room, host }, { run }] = [await newRoom(), await seat(deployment.url)]
    await say(host, room, 'colours')
    await run(['rooms'])
    const cases = [
      { environment: {}, isColoured: false },
      { environment: { FORCE_COLOR: '1' }, isColoured: true },
      { environment: { FORCE_COLOR: '0' }, isColoured: false },
      { environment: { NO_COLOR: '1' }, isColoured: false },
    ]
    await Promise.all(
      cases.map(async ({ environment, isColoured }) => {
        const { out, err } = await run(['tail', '--room', room], '', environment)
        expect(out).toContain('colours')
        expect([environment, out.includes('\x1b[')]).toEqual([environment, isColoured])
        expect(err).toBe('')
      }),
    )
  })
})

describe('what is kept', () => {
  test('lies in files that nobody else can read', async () => {
    const { run, state } = await seat(deployment.url)
    await run(['rooms'])
    const modes = await new Promise<string>((resolve) => {
      execFile('find', [join(state, 'parley'), '-printf', '%y %m\n'], (_error, out) => resolve(out))
    })
    const all = modes.trim().split('\n')
    expect(all.filter((line) => line.startsWith('f'))).toEqual(['f 600'])
    expect(all.every((line) => line === 'f 600' || line === 'd 700')).toBe(true)
  })
})
