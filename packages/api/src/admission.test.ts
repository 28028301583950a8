import { describe, expect, test } from 'vitest'
import { admission } from './admission.ts'

const listed = admission(['https://chat.example', 'http://lan.example:8080'])
const unset = admission()

describe('hosts', () => {
  test.each([
    ['127.0.0.1', true],
    ['127.0.0.1:8080', true],
    ['localhost:1', true],
    ['LOCALHOST', true],
    ['[::1]:65535', true],
    ['::1', false],
    ['127.0.0.1:', false],
    ['127.0.0.1:123456', false],
    ['127.0.0.2', false],
    ['0.0.0.0', false],
    ['localhost.', false],
    ['localhost.example', false],
    ['example.localhost', false],
    ['localhost@chat.example', false],
    ['chat.example#localhost', false],
    ['127.0.0.1, chat.example', false],
    ['chat.example', false],
    ['', false],
    [undefined, false],
  ])('[A7] %j is a host of a server without origins: %s', (host, allowed) => {
    expect(unset.hostAllowed(host)).toBe(allowed)
  })

  test.each([
    ['chat.example', true],
    ['Chat.Example', true],
    ['chat.example:443', true],
    ['chat.example:80', false],
    ['chat.example:8080', false],
    ['lan.example:8080', true],
    ['lan.example', false],
    ['www.chat.example', false],
    ['chat.example.org', false],
    ['chat.example@evil.example', false],
    ['evil.example/chat.example', false],
    ['127.0.0.1:8080', false],
    ['localhost', false],
    ['', false],
    [undefined, false],
  ])('[A7] %j is a host of a server with origins: %s', (host, allowed) => {
    expect(listed.hostAllowed(host)).toBe(allowed)
  })
})

describe('origins', () => {
  test.each([
    [undefined, true],
    ['http://127.0.0.1:8080', true],
    ['http://localhost', true],
    ['https://localhost:5173', true],
    ['http://[::1]:3000', true],
    ['null', false],
    ['', false],
    ['http://127.0.0.1.example', false],
    ['http://localhost.example:8080', false],
    ['http://127.0.0.1:8080/', false],
    ['http://localhost, https://evil.example', false],
    ['file://', false],
    ['ws://localhost', false],
    ['https://chat.example', false],
  ])('[A6] the Origin %j may change a server without origins: %s', (origin, allowed) => {
    expect(unset.originAllowed(origin)).toBe(allowed)
  })

  test.each([
    [undefined, true],
    ['https://chat.example', true],
    ['http://lan.example:8080', true],
    ['http://chat.example', false],
    ['https://chat.example:8443', false],
    ['https://chat.example.org', false],
    ['https://evil-chat.example', false],
    ['http://lan.example', false],
    ['http://127.0.0.1:8080', false],
    ['null', false],
    ['', false],
  ])('[A6] the Origin %j may change a server with origins: %s', (origin, allowed) => {
    expect(listed.originAllowed(origin)).toBe(allowed)
  })

  test('are taken as browsers write them, however they are listed', () => {
    const { originAllowed, hostAllowed } = admission(['HTTPS://Chat.Example:443/'])
    expect(originAllowed('https://chat.example')).toBe(true)
    expect(hostAllowed('chat.example')).toBe(true)
  })

  test.each(['chat.example', 'file:///page', 'null', ''])('%j is an error of whoever lists it', (origin) => {
    expect(() => admission([origin])).toThrow(TypeError)
  })
})

test.each([
  [unset, 'localhost:8080', 'http:', 'http://localhost:8080'],
  [unset, '[::1]:8080', 'https:', 'https://[::1]:8080'],
  [listed, 'chat.example', 'http:', 'https://chat.example'],
  [listed, 'CHAT.example:443', 'http:', 'https://chat.example'],
  [listed, 'lan.example:8080', 'http:', 'http://lan.example:8080'],
])('%# an allowed host is reached at its origin', ({ publicOrigin }, host, protocol, origin) => {
  expect(publicOrigin(host, protocol)).toBe(origin)
})
