import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { seat } from '../harness/command.ts'
import { openTerminal } from '../harness/terminal.ts'
import { newName, nodeWorld, say } from '../harness/world.ts'

const { deployment, visitor, api, guest } = await nodeWorld()
const reader = await guest()

const textsInGeneral = async (): Promise<readonly string[]> => {
  const { messages } = await api.call('GET /api/rooms/{room}/messages', { token: reader.token, at: 'general' })
  return messages.map(({ text }) => text)
}
const word = (): string => randomUUID().slice(0, 8)

test('a chat on the whole terminal shows what is said, says what is written, helps, and gives the terminal back', async () => {
  const [ana, bia] = [newName('Ana'), await visitor()]
  const [first, hello, answer] = [word(), word(), word()]
  await say(bia, 'general', first)
  const terminal = openTerminal((await seat(deployment.url)).environment, ['chat', '--name', ana])
  await terminal.row(new RegExp(first))
  expect(terminal.rows()[0]).toMatch(/general/)

  await say(bia, 'general', `안녕 ${hello}`)
  await terminal.row(new RegExp(`안녕 ${hello}`))
  terminal.press(answer)
  await terminal.row(new RegExp(`› ${answer}`))
  terminal.press('\r')
  const { message } = await bia.heard('message', ({ message: { text } }) => text === answer)
  expect(message.from.name).toBe(ana)
  await terminal.row(/› *$/)
  expect(terminal.rows().filter((row) => row.includes(answer))).toHaveLength(1)

  terminal.press('/help\r')
  await terminal.row(/\/invite/)
  await terminal.row(/Alt-Up, Alt-Down/)
  terminal.press('\x1b')
  await terminal.row(new RegExp(answer))
  terminal.press('/quit\r')
  const { code, written } = await terminal.ended
  expect(code).toBe(0)
  const [before, after, ...more] = terminal.settings()
  expect([before, more]).toEqual([after, []])
  for (const [taken, given] of [
    ['\x1b[?1049h', '\x1b[?1049l'],
    ['\x1b[?2004h', '\x1b[?2004l'],
    ['\x1b[?1004h', '\x1b[?1004l'],
    ['\x1b[?7l', '\x1b[?7h'],
    ['\x1b[?25l', '\x1b[?25h'],
  ] as const) {
    expect(written.indexOf(taken)).toBeGreaterThan(-1)
    expect(written.lastIndexOf(given)).toBeGreaterThan(written.lastIndexOf(taken))
  }
})

test('what is typed before the terminal is taken is said as well', async () => {
  const [early, late] = [word(), word()]
  const terminal = openTerminal((await seat(deployment.url)).environment, ['chat', '--name', newName('Ana')])
  terminal.press(`${early}\r`)
  await terminal.row(new RegExp(`^[^›]*${early}`))
  terminal.press(`${late}\r`)
  await terminal.row(new RegExp(`^[^›]*${late}`))
  terminal.press('\x03')
  expect((await terminal.ended).code).toBe(0)
  expect((await textsInGeneral()).slice(-2)).toEqual([early, late])
})

test('a chat that is left while its server is away gives the terminal back', async () => {
  const terminal = openTerminal((await seat(deployment.url)).environment, ['chat', '--name', newName('Ana')])
  await terminal.row(/›/)
  terminal.press('half a line')
  await terminal.row(/› half a line/)
  await deployment.stop()
  await terminal.row(/Offline, trying again/)
  terminal.press('\x03\x04')
  const { code } = await terminal.ended
  expect(code).toBe(0)
  expect(new Set(terminal.settings()).size).toBe(1)
  await deployment.restart()
})
