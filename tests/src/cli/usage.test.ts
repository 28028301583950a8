import { describe, expect, test } from 'vitest'
import { seat } from '../harness/command.ts'
import { nodeWorld } from '../harness/world.ts'

const { deployment } = await nodeWorld()

describe('parley', () => {
  test.each([
    ['--help'],
    ...['start', 'user', 'chat', 'send', 'tail', 'rooms', 'logout', 'export', 'import', 'backup', 'restore'].map(
      (name) => [`${name} --help`],
    ),
  ])('%s has examples', async (words) => {
    const { run } = await seat(deployment.url)
    const { code, out, err } = await run(words.split(' '))
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^Usage: parley/)
    expect(out).toMatch(/Examples:\n {2}.*parley /)
  })

  test('says its version', async () => {
    const { run } = await seat(deployment.url)
    expect(await run(['--version'])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/),
      err: '',
    })
  })

  test.each([
    ['caht', 2, "Unknown command 'caht'. Did you mean chat?"],
    ['user ad x', 2, "Unknown command 'ad'. Did you mean add?"],
    ['chat --rom x', 2, "Unknown option '--rom'. Did you mean --room?"],
    ['send hello', 2, "Required option '--room <room>' not specified."],
    [
      'tail --room general --lines -1',
      2,
      "Option '--lines <number>' argument '-1' is invalid. It is a whole number from 0 up.",
    ],
    ['rooms --name a --user b', 2, "Option '--name <name>' cannot be used with option '--user <name>'."],
    ['rooms ftp://example.org', 2, 'ftp://example.org is no address. Write it like http://127.0.0.1:8080.'],
    ['send --room general', 2, 'There was nothing to send.'],
    ['send --room NO x', 2, 'NO is no id of a room.'],
    ['send --room nowhere x', 1, 'There is no room nowhere, or you are not in it. "parley rooms" lists yours.'],
    ['tail --room nowhere', 1, 'There is no room nowhere, or you are not in it. "parley rooms" lists yours.'],
    ['rooms http://127.0.0.1:2', 4, 'http://127.0.0.1:2 does not answer: nothing listens there.'],
  ])('%s ends with %i, and says why in a line', async (words, code, err) => {
    const { run } = await seat(deployment.url)
    expect(await run(words.split(' '))).toEqual({ code, out: '', err: `${err}\n` })
  })
})
