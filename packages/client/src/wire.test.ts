import { closeCodes, fatalCloseCodes, protocolVersion } from '@parley/protocol'
import { expect, test } from 'vitest'
import { isFatal, lost, ParleyError } from './errors.ts'
import { wire } from './wire.ts'

test('the numbers are those of the protocol', () => {
  expect(wire).toMatchObject({
    version: protocolVersion,
    closed: { signedOut: closeCodes.signedOut, banned: closeCodes.banned },
  })
})

test.each(Object.values(closeCodes))('who is closed with %i comes back unless the protocol says otherwise', (code) => {
  expect(isFatal(lost({ code, reason: '' }))).toBe(fatalCloseCodes.includes(code))
})

test('what the server said before it closed is what counts, since a gateway closes with codes of its own', () => {
  const bye = { type: 'bye', code: 4403, message: 'You are banned.', retry: null } as const
  expect(lost({ code: 1005, reason: '', bye })).toEqual(new ParleyError('banned', 'You are banned.'))
})
