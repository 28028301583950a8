import { type Argon2Parameters, argon2, randomBytes, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import type { Passwords } from '../ports/environment.ts'

const derive = promisify(argon2) as (algorithm: 'argon2id', parameters: Argon2Parameters) => Promise<Buffer>

/** OWASP's first choice for argon2id: 19 MiB, two passes, one lane. */
const cost = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 } as const
const form = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9_-]+)\$([A-Za-z0-9_-]+)$/

const digest = (password: string, nonce: Buffer, { memory, passes, parallelism, tagLength }: typeof cost | Cost) =>
  derive('argon2id', { message: password.normalize('NFC'), nonce, memory, passes, parallelism, tagLength })

interface Cost {
  readonly memory: number
  readonly passes: number
  readonly parallelism: number
  readonly tagLength: number
}

/** Passwords as argon2id in the usual `$argon2id$v=19$m=...,t=...,p=...$salt$hash` form, in base64url. */
export const argon2Passwords = (): Passwords => {
  const nobody = randomBytes(16)
  return {
    hash: async (password) => {
      const nonce = randomBytes(16)
      const tag = await digest(password, nonce, cost)
      const { memory, passes, parallelism } = cost
      const salt = nonce.toString('base64url')
      return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${salt}$${tag.toString('base64url')}`
    },
    verify: async (password, hash) => {
      const [, memory, passes, parallelism, salt, tag] = form.exec(hash ?? '') ?? []
      if (!salt || !tag) {
        await digest(password, nobody, cost)
        return false
      }
      const expected = Buffer.from(tag, 'base64url')
      const tagLength = expected.length
      const kept = { memory: Number(memory), passes: Number(passes), parallelism: Number(parallelism), tagLength }
      return timingSafeEqual(await digest(password, Buffer.from(salt, 'base64url'), kept), expected)
    },
  }
}
