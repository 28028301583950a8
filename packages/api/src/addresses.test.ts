import { describe, expect, test } from 'vitest'
import { clientAddress, limitedAs } from './addresses.ts'

describe('limitedAs', () => {
  test.each([
    ['203.0.113.7', '203.0.113.7'],
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    ['', ''],
  ])('%s is limited as %s', (address, as) => {
    expect(limitedAs(address)).toBe(as)
  })

  test('addresses of one network are one, of two networks two', () => {
    expect(limitedAs('2001:db8:1:2::aaaa')).toBe(limitedAs('2001:db8:1:2:ffff::1'))
    expect(limitedAs('2001:db8:1:2::1')).not.toBe(limitedAs('2001:db8:1:3::1'))
  })
})

describe('clientAddress', () => {
  test.each([
    ['believes nothing without proxies', '198.51.100.1', 0, '10.0.0.1'],
    ['takes what the only proxy appended', '198.51.100.1, 203.0.113.7', 1, '203.0.113.7'],
    ['takes what the first of two appended', '198.51.100.1, 203.0.113.7, 10.1.1.1', 2, '203.0.113.7'],
    ['takes the first where there are fewer', '203.0.113.7', 2, '203.0.113.7'],
    ['takes no word for an address', 'me', 1, '10.0.0.1'],
    ['does without the header', undefined, 1, '10.0.0.1'],
  ])('%s', (_, forwardedFor, proxies, expected) => {
    expect(clientAddress('10.0.0.1', { forwardedFor, proxies })).toBe(expected)
  })
})
