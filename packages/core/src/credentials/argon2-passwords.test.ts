import { describe, expect, test } from 'vitest'
import { argon2Passwords } from './argon2-passwords.ts'

const passwords = argon2Passwords()

describe('argon2id', () => {
  test('a password is kept as a hash that only it fits', async () => {
    const hash = await passwords.hash('correct horse')
    expect(hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$[\w-]{22}\$[\w-]{43}$/)
    expect(hash).not.toContain('horse')
    expect(await passwords.verify('correct horse', hash)).toBe(true)
    expect(await passwords.verify('correct horsf', hash)).toBe(false)
    expect(await passwords.verify('', hash)).toBe(false)
  })

  test('two hashes of one password differ', async () => {
    expect(await passwords.hash('same')).not.toBe(await passwords.hash('same'))
  })

  test('composed and decomposed letters are one password', async () => {
    expect(await passwords.verify('Zoe\u0301', await passwords.hash('Zo\u00e9'))).toBe(true)
  })

  test('hashes of other costs are understood', async () => {
    const cheap = '$argon2id$v=19$m=64,t=1,p=1$AAAAAAAAAAAAAAAAAAAAAA$'
    const { argon2Sync } = await import('node:crypto')
    const parameters = { message: 'old', nonce: Buffer.alloc(16), memory: 64, passes: 1, parallelism: 1, tagLength: 32 }
    const tag = argon2Sync('argon2id', parameters).toString('base64url')
    expect(await passwords.verify('old', cheap + tag)).toBe(true)
    expect(await passwords.verify('new', cheap + tag)).toBe(false)
  })

  test.each([undefined, '', 'x', '$argon2i$v=19$m=64,t=1,p=1$AAAA$AAAA', '$argon2id$v=16$m=64,t=1,p=1$AAAA$AAAA'])(
    '[H10] with %s for a hash no password is right',
    async (hash) => {
      expect(await passwords.verify('whatever', hash)).toBe(false)
    },
  )
})
