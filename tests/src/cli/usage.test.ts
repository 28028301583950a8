import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { seat } from '../harness/command.ts'
import { openTerminal } from '../harness/terminal.ts'
import { newName, nodeWorld } from '../harness/world.ts'

const { deployment, account } = await nodeWorld()

describe('parley', () => {
  test('has help, and says its version', async () => {
    const { run } = await seat(deployment.url)
    const [help, version] = await Promise.all([run(['--help']), run(['--version'])])
    expect(help).toEqual({ code: 0, out: expect.stringMatching(/^Usage: parley .*Examples:\n/s), err: '' })
    expect(version).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), err: '' })
  })

  test('says in a line why it does not do something, and ends with a number that tells so', async () => {
    const { run } = await seat(deployment.url)
    const nowhere = 'There is no room nowhere, or you are not in it. "parley rooms" lists yours.'
    const cases = [
      ['caht', 2, "Unknown command 'caht'. Did you mean chat?"],
      ['send --room general', 2, 'There was nothing to send.'],
      ['send --room NO x', 2, 'NO is no id of a room.'],
      ['send --room nowhere x', 1, nowhere],
      ['tail --room nowhere', 1, nowhere],
      ['rooms http://127.0.0.1:2', 4, 'http://127.0.0.1:2 does not answer: nothing listens there.'],
    ] as const
    const ends = await Promise.all(cases.map(([words]) => run(words.split(' '))))
    expect(ends).toEqual(cases.map(([, code, err]) => ({ code, out: '', err: `${err}\n` })))
  })
})

describe('parley user', () => {
  test('says what is wrong with what it is given', async () => {
    const { run } = await seat(deployment.url)
    const { user } = await account()
    const on = (words: readonly string[]) => run(words, 'a password', { PARLEY_DATA: deployment.data })
    const nobody = newName('Nobody')
    const unknown = `There is no account ${nobody}. "parley user list" lists them.\n`
    const ends = await Promise.all([
      on(['user', 'add', user.name, '--password-stdin']),
      on(['user', 'ban', nobody]),
      on(['user', 'role', nobody, 'admin']),
      on(['user', 'password', nobody, '--password-stdin']),
    ])
    expect(ends).toEqual(
      [`The name ${user.name} is taken. Choose another one.\n`, unknown, unknown, unknown].map((err) => ({
        code: 1,
        out: '',
        err,
      })),
    )
  })

  test('refuses a password that is too short before it asks for it again', async () => {
    const data = await mkdtemp(join(tmpdir(), 'parley-usage-'))
    onTestFinished(() => rm(data, { recursive: true }))
    const { environment } = await seat(deployment.url)
    const terminal = openTerminal({ ...environment, PARLEY_DATA: data }, ['user', 'add', newName()])
    terminal.press('short\r')
    const { code, written } = await terminal.ended
    expect(code).toBe(1)
    expect(written).toMatch(/Password: \s+A password has 8 to 256 characters\.\s/)
    expect(written).not.toContain('Again')
  })
})
