import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { type Ended, seat } from '../harness/command.ts'
import { talkOfAll } from '../harness/talk.ts'
import { newName, nodeWorld, say } from '../harness/world.ts'

const world = await nodeWorld()
const { deployment } = world

const folder = await mkdtemp(join(tmpdir(), 'parley-data-'))
afterAll(() => rm(folder, { recursive: true }))
const file = (name: string): string => join(folder, name)

/** Runs `parley` on a data folder. */
const on = async (data: string, words: readonly string[], input = ''): Promise<Ended> =>
  (await seat(deployment.url)).run(words, input, { PARLEY_DATA: data })

const server = () => deployment.data

await talkOfAll(world)
/** Somebody who is in the chat when it is exported. */
const name = newName('Mover')
const { password } = await world.account('member', name)
/** What is exported of the chat while its server runs. */
const [withPasswords, exported] = await Promise.all([
  on(server(), ['export', '--with-passwords']),
  on(server(), ['export']),
])

describe('parley export and import', () => {
  test('bring a chat elsewhere, the same to the byte, while its server runs', async () => {
    const { code, out, err } = withPasswords
    expect({ code, err }).toEqual({ code: 0, err: '' })
    await writeFile(file('chat.jsonl'), out)
    const imported = await on(file('elsewhere'), ['import', file('chat.jsonl')])
    expect(imported).toEqual({
      code: 0,
      out: expect.stringMatching(/^Imported \d+ users, 3 rooms, \d+ members, \d+ messages, and 1 broadcast\.\n$/),
      err: '',
    })
    expect(await on(file('elsewhere'), ['export', '--with-passwords'])).toEqual({ code: 0, out, err: '' })
    const lines = out.trimEnd().split('\n')
    expect(JSON.parse(lines[0] ?? '')).toEqual({ parley: 'export', version: 1, passwords: true })
    expect(JSON.parse(lines.at(-1) ?? '')).toMatchObject({ type: 'end', rooms: 3, broadcasts: 1 })
  })

  test('read and write pipes and files alike', async () => {
    expect(exported.out).not.toContain('argon2id')
    const saved = await on(server(), ['export', '--output', file('saved.jsonl')])
    expect(saved).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringMatching(/^Exported .* No passwords are in it\.\n$/),
    })
    expect(await readFile(file('saved.jsonl'), 'utf8')).toBe(exported.out)
    expect((await stat(file('saved.jsonl'))).mode & 0o777).toBe(0o600)
    const [again, imported] = await Promise.all([
      on(server(), ['export', '--output', file('saved.jsonl')]),
      on(file('from-pipe'), ['import'], exported.out),
    ])
    expect(again).toEqual({
      code: 1,
      out: '',
      err: `${file('saved.jsonl')} exists already. Nothing is overwritten.\n`,
    })
    expect(imported.code).toBe(0)
    expect((await on(file('from-pipe'), ['export'])).out).toBe(exported.out)
  })

  test('need the server stopped for an import, and say so', async () => {
    expect(await on(server(), ['import'], exported.out)).toEqual({
      code: 1,
      out: '',
      err: `A server runs on ${server()}. Stop it first: an import fills a data folder that nobody uses. Nothing was imported.\n`,
    })
  })

  test('name a broken line, and import nothing', async () => {
    const lines = exported.out.trimEnd().split('\n')
    const cases: [string, string][] = [
      [lines.with(4, '{"type":"planet"}').join('\n'), 'line 5: unknown type "planet".'],
      [
        lines.slice(0, -1).join('\n'),
        `line ${lines.length}: the file stops here, without its last line: it was cut off.`,
      ],
      ['{}', 'line 1: this is no export of Parley.'],
    ]
    await Promise.all(
      cases.map(async ([input, reason], number) => {
        const data = file(`broken-${number}`)
        expect(await on(data, ['import'], input)).toEqual({
          code: 1,
          out: '',
          err: `${reason} Nothing was imported.\n`,
        })
        expect((await readdir(data)).filter((entry) => entry.startsWith('parley.db'))).toEqual([])
      }),
    )
  })

  test('fill nothing that is in use', async () => {
    const again = await on(file('elsewhere'), ['import'], exported.out)
    expect(again).toMatchObject({ code: 1, out: '', err: expect.stringContaining('is not empty.') })
    expect((await on(file('elsewhere'), ['export'])).out).toBe(exported.out)
  })

  test('say what is missing', async () => {
    const cases = [
      [['import', file('gone')], 1, `There is no file ${file('gone')}.`],
      [['export'], 1, `There is nothing in ${file('nowhere')} yet.`],
      [['export', '--region', 'x'], 2, '--region is of use with --table only.'],
      [['backup', file('x')], 1, `There is nothing in ${file('nowhere')} yet. Nothing was backed up.`],
      [['restore', file('gone')], 1, `There is no file ${file('gone')}. Nothing was restored.`],
    ] as const
    const ends = await Promise.all(cases.map(([words]) => on(file('nowhere'), words)))
    expect(ends).toEqual(cases.map(([, code, err]) => ({ code, out: '', err: `${err}\n` })))
  })
})

describe('a server on what was moved', () => {
  test('lets people with their passwords in, and goes on where the other one was', async () => {
    const moved = await nodeWorld({ PARLEY_DATA: file('elsewhere') })
    const person = await moved.login(name, password)
    const client = await moved.connect(person)
    const { rev } = await say(client, 'general', 'here now')
    const revs = withPasswords.out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line))
      .flatMap((record) => (record.room === 'general' && record.type === 'message' ? [record.rev] : []))
    expect(rev).toBe(Math.max(...revs) + 1)
    expect(client.welcome.rooms).toMatchObject([{ id: 'general', read: 0 }])
  })
})

describe('parley backup and restore', () => {
  test('copy everything while the server runs, and bring it back', async () => {
    const backedUp = await on(server(), ['backup', file('backup.db')])
    expect(backedUp).toMatchObject({
      code: 0,
      err: '',
      out: expect.stringContaining(`Backed up to ${file('backup.db')} (`),
    })
    const restored = await on(file('restored'), ['restore', file('backup.db')])
    expect(restored).toMatchObject({
      code: 0,
      err: '',
      out: `Restored to ${file('restored')}. Start the server with "parley start".\n`,
    })
    expect((await on(file('restored'), ['export', '--with-passwords'])).out).toBe(withPasswords.out)
  })

  test('overwrite nothing, and keep off a running server', async () => {
    const [backedUp, whileItRuns, twice] = await Promise.all([
      on(server(), ['backup', file('backup.db')]),
      on(server(), ['restore', file('backup.db')]),
      on(file('restored'), ['restore', file('backup.db')]),
    ])
    expect(backedUp).toEqual({
      code: 1,
      out: '',
      err: `${file('backup.db')} exists already. Nothing is overwritten. Nothing was backed up.\n`,
    })
    expect(whileItRuns).toMatchObject({
      code: 1,
      err: expect.stringContaining(`A server runs on ${server()}. Stop it first`),
    })
    expect(twice).toMatchObject({ code: 1, err: expect.stringContaining('There is a chat in') })
  })
})
