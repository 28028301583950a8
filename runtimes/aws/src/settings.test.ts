import { expect, test } from 'vitest'
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

test.each([
  ['PARLEY_TABLE', ''],
  ['PARLEY_SOCKETS', 'nowhere'],
  ['PARLEY_GUESTS', 'perhaps'],
  ['PARLEY_RATE', '-1'],
])('%s=%s is refused by its name', (name, value) => {
  expect(() => readSettings({ ...least, [name]: value })).toThrow(name)
})
