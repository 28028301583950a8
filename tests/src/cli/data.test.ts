import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Ended, seat } from '../harness/command.ts'
import { talkOfAll } from '../harness/talk.ts'
import { newName, nodeWorld, say } from '../harness/world.ts'

const world = await nodeWorld()
const { deployment } = world

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-data-'))
})
afterAll(() => rm(folder, { recursive: true }))
const file = (name: string): string => join(folder, name)

/** Runs `parley` on a data folder. */
const on = async (data: string, words: readonly string[], input = ''): Promise<Ended> =>
  (await seat(deployment.url)).run(words, input, { PARLEY_DATA: data })

const server = () => deployment.data

describe('parley export and import', () => {
  test('bring a chat elsewhere, the same to the byte, while its server runs', async () => {
    await talkOfAll(world)
    const { code, out, err } = await on(server(), ['export', '--with-passwords'])
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
    const piped = await on(server(), ['export'])
    expect(piped.out).not.toContain('argon2id')
    const saved = await on(server(), ['export', '--output', file('saved.jsonl')])
    expect(saved).toMatchObject({
      code: 0,
      out: '',
      err: expect.stringMatching(/^Exported .* No passwords are in it\.\n$/),
    })
    expect(await readFile(file('saved.jsonl'), 'utf8')).toBe(piped.out)
    expect((await stat(file('saved.jsonl'))).mode & 0o777).toBe(0o600)
    expect((await on(file('from-pipe'), ['import'], piped.out)).code).toBe(0)
    expect((await on(file('from-pipe'), ['export'])).out).toBe(piped.out)
    expect(await on(server(), ['export', '--output', file('saved.jsonl')])).toEqual({
      code: 1,
      out: '',
      err: `${file('saved.jsonl')} exists already. Nothing is overwritten.\n`,
    })
  })

  test('need the server stopped for an import, and say so', async () => {
    const { out } = await on(server(), ['export'])
    const refused = await on(server(), ['import'], out)
    expect(refused).toEqual({
      code: 1,
      out: '',
      err: `A server runs on ${server()}. Stop it first: an import fills a data folder that nobody uses. Nothing was imported.\n`,
    })
  })

  test('name a broken line, and import nothing', async () => {
    const { out } = await on(server(), ['export'])
    const lines = out.trimEnd().split('\n')
    const cases: [string, string][] = [
      [lines.with(4, '{"type":"planet"}').join('\n'), 'line 5: unknown type "planet".'],
      [
        lines.slice(0, -1).join('\n'),
        `line ${lines.length}: the file stops here, without its last line: it was cut off.`,
      ],
      ['{}', 'line 1: this is no export of Parley.'],
    ]
    for (const [input, reason] of cases) {
      expect(await on(file('broken'), ['import'], input)).toEqual({
        code: 1,
        out: '',
        err: `${reason} Nothing was imported.\n`,
      })
      expect((await readdir(file('broken'))).filter((name) => name.startsWith('parley.db'))).toEqual([])
    }
  })

  test('fill nothing that is in use', async () => {
    const { out } = await on(server(), ['export'])
    await on(file('full'), ['import'], out)
    const again = await on(file('full'), ['import'], out)
    expect(again).toMatchObject({ code: 1, out: '', err: expect.stringContaining('is not empty.') })
    expect((await on(file('full'), ['export'])).out).toBe(out)
  })

  test('say what is missing', async () => {
    for (const [words, code, err] of [
      [['import', file('gone')], 1, `There is no file ${file('gone')}.`],
      [['export'], 1, `There is nothing in ${file('nowhere')} yet.`],
      [['export', '--region', 'x'], 2, '--region is of use with --table only.'],
      [['backup', file('x')], 1, `There is nothing in ${file('nowhere')} yet. Nothing was backed up.`],
      [['restore', file('gone')], 1, `There is no file ${file('gone')}. Nothing was restored.`],
    ] as const) {
      expect(await on(file('nowhere'), words)).toEqual({ code, out: '', err: `${err}\n` })
    }
  })
})

describe('a server on what was moved', () => {
  test('lets people with their passwords in, and goes on where the other one was', async () => {
    const name = newName('Mover')
    const { password } = await world.account('member', name)
    const { out } = await on(server(), ['export', '--with-passwords'])
    await on(file('served'), ['import'], out)
    const moved = await nodeWorld({ PARLEY_DATA: file('served') })
    const person = await moved.login(name, password)
    const client = await moved.connect(person)
    const { rev } = await say(client, 'general', 'here now')
    const revs = out
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
    const before = (await on(server(), ['export', '--with-passwords'])).out
    const restored = await on(file('restored'), ['restore', file('backup.db')])
    expect(restored).toMatchObject({
      code: 0,
      err: '',
      out: `Restored to ${file('restored')}. Start the server with "parley start".\n`,
    })
    expect((await on(file('restored'), ['export', '--with-passwords'])).out).toBe(before)
  })

  test('overwrite nothing, and keep off a running server', async () => {
    await on(server(), ['backup', file('second.db')])
    expect(await on(server(), ['backup', file('second.db')])).toEqual({
      code: 1,
      out: '',
      err: `${file('second.db')} exists already. Nothing is overwritten. Nothing was backed up.\n`,
    })
    expect(await on(server(), ['restore', file('second.db')])).toMatchObject({
      code: 1,
      err: expect.stringContaining(`A server runs on ${server()}. Stop it first`),
    })
    expect((await on(file('twice'), ['restore', file('second.db')])).code).toBe(0)
    expect(await on(file('twice'), ['restore', file('second.db')])).toMatchObject({
      code: 1,
      err: expect.stringContaining('There is a chat in'),
    })
  })
})
