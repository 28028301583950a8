import { afterEach, describe, expect, test, vi } from 'vitest'
import { report } from './faults.ts'
import { createProgram } from './program.ts'

/** What these words make `parley` print, and how it would end. */
const parse = async (words: string) => {
  let [out, err] = ['', '']
  vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
    out += text
    return true
  })
  vi.spyOn(process.stderr, 'write').mockImplementation((text) => {
    err += text
    return true
  })
  vi.spyOn(console, 'error').mockImplementation((line) => {
    err += `${line}\n`
  })
  const code = await createProgram()
    .parseAsync(words.split(' '), { from: 'user' })
    .then(() => 0, report)
  return { code, out, err }
}

afterEach(() => vi.restoreAllMocks())

describe('parley', () => {
  test.each(
    ['', ...'start user chat send tail rooms logout export import backup restore verify deploy destroy'.split(' ')].map(
      (command) => `${command} --help`.trim(),
    ),
  )('%s has examples', async (words) => {
    const { code, out, err } = await parse(words)
    expect({ code, err }).toEqual({ code: 0, err: '' })
    expect(out).toMatch(/^Usage: parley/)
    expect(out).toMatch(/Examples:\n {2}.*parley /)
  })

  test('says its version', async () => {
    expect(await parse('--version')).toEqual({ code: 0, out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/), err: '' })
  })

  test.each([
    ['caht', 2, "Unknown command 'caht'. Did you mean chat?"],
    ['quux', 2, `Unknown command 'quux'. "parley --help" lists them all.`],
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
    ['user add #ana', 1, 'A name does not begin with # or @.'],
  ])('%s ends with %i, and says why in a line', async (words, code, err) => {
    expect(await parse(words)).toEqual({ code, out: '', err: `${err}\n` })
  })
})
