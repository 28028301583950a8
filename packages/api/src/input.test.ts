import { endpoints, errorStatus } from '@parley/protocol'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { testApi } from './test-api.ts'

const names = Object.keys(endpoints)
const odd = fc.constantFrom(
  '__proto__',
  'constructor',
  'toString',
  'general',
  '',
  ' ',
  '\u0000',
  '%',
  '..',
  'a/b',
  '\ud800',
)
const word = fc.oneof(odd, fc.string({ unit: 'binary' }), fc.uuid())
const value: fc.Arbitrary<unknown> = fc.oneof(fc.jsonValue(), word, fc.double(), fc.constant('x'.repeat(30_000)))
const fields = fc.dictionary(
  fc.oneof(fc.constantFrom('name', 'username', 'password', 'current', 'id', 'text', 'replyTo', 'role', 'banned'), word),
  value,
)
const body = fc.oneof(
  fields.map((it) => JSON.stringify(it)),
  value.map((it) => JSON.stringify(it) ?? ''),
  fc.string({ unit: 'binary' }),
  fc.uint8Array({ maxLength: 200 }),
  fc.constant('['.repeat(60_000)),
  fc.constant(`${'{"name":'.repeat(5_000)}1${'}'.repeat(5_000)}`),
)
const query = fc.oneof(
  fc.constant(''),
  fc.dictionary(fc.oneof(fc.constantFrom('before', 'after', 'limit', 'q'), word), word).map(
    (it) =>
      `?${Object.entries(it)
        .map(([key, one]) => `${escape(key)}=${escape(one)}`)
        .join('&')}`,
  ),
)

test('[X3][X4] whatever is sent is answered in order, and no fault of the server', async () => {
  const server = testApi()
  const { token } = await server.person('Ada', 'owner')
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...names),
      word,
      query,
      body,
      fc.boolean(),
      async (name, place, search, raw, signed) => {
        const [method = '', path = ''] = name.split(' ')
        const address = path.replace(/\{\w+\}/, () => encodeURIComponent(place.toWellFormed())) + search
        const bytes = typeof raw === 'string' ? new TextEncoder().encode(raw) : new Uint8Array(raw)
        const answered = await server.ask(address, {
          method,
          ...(method !== 'GET' && { raw: bytes }),
          ...(signed && name !== 'POST /api/logout' && { token }),
        })
        const known: readonly number[] = [200, 201, 204, ...Object.values(errorStatus)]
        expect(known).toContain(answered.status)
        expect(answered.status).not.toBe(500)
      },
    ),
    { numRuns: 1_000 },
  )
  expect(server.log.lines).toEqual([])
  expect((await server.ask('/api/health')).status).toBe(200)
})
