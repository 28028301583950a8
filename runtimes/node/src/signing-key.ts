import { randomBytes } from 'node:crypto'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The key of the data folder, made at its first start, readable by its owner only. */
export const signingKey = (data: string): Uint8Array => {
  const path = join(data, 'signing.key')
  try {
    writeFileSync(path, randomBytes(32).toString('base64url'), { mode: 0o600, flag: 'wx' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
  const key = Buffer.from(readFileSync(path, 'utf8').trim(), 'base64url')
  if (key.length < 32)
    throw new Error(`${path} does not hold a key of 32 bytes. Remove it to sign everybody out and make another.`)
  return key
}
