import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { readSettings } from './settings.ts'

const least = {
  AWS_REGION: 'eu-central-1',
  PARLEY_TABLE: 'table',
  PARLEY_TOPIC: 'arn:topic',
  PARLEY_SOCKETS: 'https://one.example/ws',
  PARLEY_COMPAT_SOCKETS: 'https://two.example/compat',
  PARLEY_KEYS: '/parley/keys',
}

test('settings have defaults, also where a variable is empty', () => {
  expect(readSettings({ ...least, PARLEY_ORIGINS: '', PARLEY_RATE: '' })).toEqual({
    region: 'eu-central-1',
    table: 'table',
    topic: 'arn:topic',
    sockets: 'https://one.example/ws',
    compatSockets: 'https://two.example/compat',
    keys: '/parley/keys',
    origins: undefined,
    guests: 'off',
    compat: 'off',
    framesPerSecond: 20,
    catalogue: expect.objectContaining({ names: ['scripted'] }),
    budget: { person: 200_000, room: 1_000_000 },
    deltasPerSecond: 5,
  })
})

test('settings are read', () => {
  const read = readSettings({
    ...least,
    PARLEY_ORIGINS: 'https://chat.example, https://other.example',
    PARLEY_GUESTS: 'on',
    PARLEY_RATE: 'off',
    PARLEY_BUDGET_ROOM: 'off',
    PARLEY_MODEL_URL: 'http://127.0.0.1:11434/v1',
    PARLEY_MODEL: 'llama3.2',
  })
  expect(read).toMatchObject({ guests: 'on', framesPerSecond: undefined, budget: { room: null } })
  expect(read.catalogue.names).toEqual(['llama3.2'])
  expect(read.origins).toEqual(['https://chat.example', 'https://other.example'])
})

test('several models are read from a file that was deployed with the code, their keys only where they speak', async () => {
  const LAMBDA_TASK_ROOT = await mkdtemp(join(tmpdir(), 'parley-task-'))
  onTestFinished(() => rm(LAMBDA_TASK_ROOT, { recursive: true }))
  const claude = { name: 'Claude', provider: 'anthropic', model: 'claude-sonnet-4-5' }
  const models = [{ name: 'scripted', provider: 'scripted' }, claude]
  await writeFile(join(LAMBDA_TASK_ROOT, 'models.json'), JSON.stringify({ models, default: 'Claude' }))
  const told = { ...least, LAMBDA_TASK_ROOT, PARLEY_MODELS: 'models.json' }
  expect(readSettings(told).catalogue.names).toEqual(['Claude', 'scripted'])
  expect(() => readSettings(told, true)).toThrow('ANTHROPIC_API_KEY')
  expect(readSettings({ ...told, ANTHROPIC_API_KEY: 'sk-1' }, true).catalogue.names).toEqual(['Claude', 'scripted'])
})

test.each([
  ['PARLEY_TABLE', ''],
  ['PARLEY_SOCKETS', 'nowhere'],
  ['PARLEY_GUESTS', 'perhaps'],
  ['PARLEY_RATE', '-1'],
  ['PARLEY_RATE', 'fast'],
  ['PARLEY_ORIGINS', 'https://chat.example, here'],
  ['PARLEY_BUDGET_ROOM', '1.5'],
  ['PARLEY_DELTAS', '0'],
])('%s=%s is refused by its name', (name, value) => {
  expect(() => readSettings({ ...least, [name]: value })).toThrow(name)
})
