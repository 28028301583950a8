import { describe, expect, test } from 'vitest'
import { Failure } from './failure.ts'
import { serverAddress } from './server-address.ts'

describe('the address of a server', () => {
  test.each([
    [undefined, {}, 'http://127.0.0.1:8080'],
    [undefined, { PARLEY_URL: '' }, 'http://127.0.0.1:8080'],
    [undefined, { PARLEY_URL: 'https://chat.example.org/' }, 'https://chat.example.org'],
    ['http://localhost:9000/rooms/x', { PARLEY_URL: 'https://chat.example.org' }, 'http://localhost:9000'],
    ['localhost:9000', {}, 'http://localhost:9000'],
    ['127.0.0.1:9000', {}, 'http://127.0.0.1:9000'],
    ['chat.example.org', {}, 'https://chat.example.org'],
  ])('%j with %j is %s', (given, environment, address) => expect(serverAddress(given, environment)).toBe(address))

  test.each(['', 'ftp://example.org', 'http://', 'not an address'])('is not %j', (given) => {
    expect(() => serverAddress(given, {})).toThrow(Failure)
  })
})
