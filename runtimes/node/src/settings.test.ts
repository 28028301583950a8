import { describe, expect, test } from 'vitest'
import { BadSetting } from './bad-setting.ts'
import { readSettings } from './settings.ts'

describe('settings', () => {
  test('have defaults, also where a variable is empty', () => {
    expect(readSettings({ PORT: '' })).toEqual({
      port: 8080,
      host: '127.0.0.1',
      data: './data',
      origins: undefined,
      guests: undefined,
      compat: false,
      proxies: 0,
      framesPerSecond: 20,
      key: undefined,
      socketIdleMs: undefined,
      socketLifeMs: undefined,
      catalogue: expect.objectContaining({ names: ['scripted'] }),
      budget: { person: 200_000, room: 1_000_000 },
      deltasPerSecond: 10,
      logLevel: 'info',
    })
  })

  test('are read', () => {
    const settings = readSettings({
      PORT: '0',
      PARLEY_ORIGINS: 'https://chat.example/, http://10.0.0.5:8080',
      PARLEY_GUESTS: 'on',
      PARLEY_COMPAT: 'on',
      PARLEY_PROXIES: '2',
      PARLEY_RATE: 'off',
      PARLEY_SOCKET_IDLE: '600',
      PARLEY_SOCKET_LIFE: '7200',
    })
    expect(settings).toMatchObject({ port: 0, guests: 'on', compat: true, proxies: 2, framesPerSecond: undefined })
    expect(settings).toMatchObject({ socketIdleMs: 600_000, socketLifeMs: 7_200_000 })
    expect(settings.origins).toEqual(['https://chat.example', 'http://10.0.0.5:8080'])
  })

  test('tell the models, what may be used of them, and how often a reply grows', () => {
    const settings = readSettings({
      PARLEY_MODEL_URL: 'http://127.0.0.1:11434/v1',
      PARLEY_MODEL: 'llama3.2',
      PARLEY_BUDGET_PERSON: 'off',
      PARLEY_BUDGET_ROOM: '5000',
      PARLEY_DELTAS: '2.5',
    })
    expect(settings).toMatchObject({ budget: { person: null, room: 5_000 }, deltasPerSecond: 2.5 })
    expect(settings.catalogue.names).toEqual(['llama3.2'])
  })

  test('models that cannot be used are one line, without the key', () => {
    const read = () => readSettings({ PARLEY_MODEL_URL: 'https://models.example/v1', PARLEY_MODEL_KEY: 'top-secret' })
    expect(read).toThrow(BadSetting)
    expect(read).toThrow(/^PARLEY_MODEL is missing[^\n]+$/)
    expect(read).not.toThrow(/top-secret/)
    expect(() => readSettings({ PARLEY_MODELS: '/there/is/no/such.json' })).toThrow(BadSetting)
  })

  test.each([
    ['PORT', 'eighty'],
    ['PORT', '65536'],
    ['PORT', '80.5'],
    ['PARLEY_ORIGINS', 'chat.example'],
    ['PARLEY_ORIGINS', 'ftp://chat.example'],
    ['PARLEY_GUESTS', 'yes'],
    ['PARLEY_RATE', '0'],
    ['PARLEY_RATE', '-1'],
    ['PARLEY_PROXIES', '-1'],
    ['PARLEY_PROXIES', 'nginx'],
    ['PARLEY_SOCKET_IDLE', '0'],
    ['PARLEY_BUDGET_PERSON', '0'],
    ['PARLEY_BUDGET_ROOM', 'none'],
    ['PARLEY_DELTAS', '0'],
    ['PARLEY_LOG', 'loud'],
  ])('%s=%s is refused by one line that names it', (name, value) => {
    const read = () => readSettings({ [name]: value })
    expect(read).toThrow(BadSetting)
    expect(read).toThrow(new RegExp(`^${name}=${value}: [^\\n]+$`))
  })

  test('a key that is too short is refused without being shown', () => {
    expect(() => readSettings({ PARLEY_KEY: 'secret' })).toThrow(/^PARLEY_KEY=\.\.\.: it takes at least 32 characters$/)
  })
})
