import { describe, expect, test } from 'vitest'
import { BadSetting, readSettings } from './settings.ts'

describe('settings', () => {
  test('have defaults, also where a variable is empty', () => {
    expect(readSettings({ PORT: '' })).toEqual({
      port: 8080,
      host: '127.0.0.1',
      data: './data',
      origins: undefined,
      guests: undefined,
      framesPerSecond: 20,
      key: undefined,
      socketIdleMs: undefined,
      socketLifeMs: undefined,
      logLevel: 'info',
    })
  })

  test('are read', () => {
    const settings = readSettings({
      PORT: '0',
      PARLEY_ORIGINS: 'https://chat.example/, http://10.0.0.5:8080',
      PARLEY_GUESTS: 'on',
      PARLEY_RATE: 'off',
      PARLEY_SOCKET_IDLE: '600',
      PARLEY_SOCKET_LIFE: '7200',
    })
    expect(settings).toMatchObject({ port: 0, guests: 'on', framesPerSecond: undefined })
    expect(settings).toMatchObject({ socketIdleMs: 600_000, socketLifeMs: 7_200_000 })
    expect(settings.origins).toEqual(['https://chat.example', 'http://10.0.0.5:8080'])
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
    ['PARLEY_SOCKET_IDLE', '0'],
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
