import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type ServedDynamo, servedDynamo } from '@parley/runtime-aws/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Ended, seat } from '../harness/command.ts'
import { talkOfAll } from '../harness/talk.ts'
import { nodeWorld, say } from '../harness/world.ts'

const world = await nodeWorld()
const { deployment } = world

let folder: string
let dynamo: ServedDynamo
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'parley-moving-'))
  dynamo = await servedDynamo()
  await dynamo.table('chat')
})
afterAll(async () => {
  await dynamo.stop()
  await rm(folder, { recursive: true })
})
const file = (name: string): string => join(folder, name)

/** Runs `parley` on a data folder, with DynamoDB in reach. */
const on = async (data: string, words: readonly string[], input = ''): Promise<Ended> =>
  (await seat(deployment.url)).run(words, input, { PARLEY_DATA: data, ...dynamo.environment })
const table = (name: string): readonly string[] => ['--table', name, '--region', 'local', '--endpoint', dynamo.endpoint]

test('a chat moves from SQLite to DynamoDB and back, and is the same', async () => {
  await talkOfAll(world)
  const here = file('here.jsonl')
  await on(deployment.data, ['export', '--with-passwords', '--output', here])
  const before = await readFile(here, 'utf8')

  expect(await on(file('none'), ['import', here, ...table('chat')])).toMatchObject({ code: 0, err: '' })
  const there = await on(file('none'), ['export', '--with-passwords', ...table('chat')])
  expect(there).toEqual({ code: 0, out: before, err: '' })
  expect(await on(file('none'), ['import', here, ...table('chat')])).toEqual({
    code: 1,
    out: '',
    err: 'The table chat is not empty. An import fills a store that nobody has used. Nothing was imported.\n',
  })

  expect(await on(file('back'), ['import'], there.out)).toMatchObject({ code: 0, err: '' })
  expect((await on(file('back'), ['export', '--with-passwords'])).out).toBe(before)

  const back = await nodeWorld({ PARLEY_DATA: file('back') })
  await say(await back.visitor(), 'general', 'we are back')
})

test('a table that is not there is named', async () => {
  expect(await on(file('none'), ['export', ...table('nowhere')])).toEqual({
    code: 1,
    out: '',
    err: 'There is no table nowhere in local.\n',
  })
})
