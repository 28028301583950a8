import { describe, expect, test } from 'vitest'
import { guestsAllowed } from './guests.ts'

const local = { setting: undefined, listensOnLoopback: true, host: '127.0.0.1:8080', headers: new Headers() }

describe('[H8] whether guests are welcome', () => {
  test('yes, where nobody from outside can come', () => {
    expect(guestsAllowed(local)).toBe(true)
    const ordinary = { accept: '*/*', 'user-agent': 'curl', origin: 'http://localhost', 'x-requested-with': 'fetch' }
    expect(guestsAllowed({ ...local, headers: new Headers(ordinary) })).toBe(true)
  })

  test('no, on a server that listens elsewhere', () => {
    expect(guestsAllowed({ ...local, listensOnLoopback: false })).toBe(false)
  })

  test.each(['chat.example', '192.168.1.5:8080', 'localhost.example', '', undefined])('no, for the Host %j', (host) => {
    expect(guestsAllowed({ ...local, host })).toBe(false)
  })

  test.each([
    'Forwarded',
    'X-Forwarded-For',
    'X-Forwarded-Host',
    'X-Forwarded-Proto',
    'X-Forwarded',
    'X-Real-IP',
    'Via',
    'CF-Connecting-IP',
    'CF-Ray',
    'True-Client-IP',
    'X-Client-IP',
    'X-Cluster-Client-IP',
    'Fastly-Client-IP',
    'X-Original-Forwarded-For',
    'Tailscale-User-Login',
  ])('no, for a request that comes with %s', (name) => {
    expect(guestsAllowed({ ...local, headers: new Headers({ [name]: '' }) })).toBe(false)
  })

  test.each([
    ['on', true],
    ['off', false],
  ] as const)('the setting %s decides for all requests', (setting, allowed) => {
    const outside = { host: 'chat.example', headers: new Headers({ via: '1.1 proxy' }), listensOnLoopback: false }
    expect(guestsAllowed({ ...local, setting })).toBe(allowed)
    expect(guestsAllowed({ setting, ...outside })).toBe(allowed)
  })
})
