import { z } from 'zod'
import type { Request } from './request.ts'

/** What the first deploy has made up: the key that signs tokens, and what CloudFront shows to the gateways. */
const Keys = z.object({ tokens: z.string().min(32), origin: z.string().min(32) })
export type Keys = z.infer<typeof Keys>

/** Reads the keys from their SecureString parameter. @throws {Error} where that cannot be had */
export const readKeys = async (request: Request, endpoint: string, name: string): Promise<Keys> => {
  const { status, text } = await request({
    method: 'POST',
    url: `${endpoint}/`,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonSSM.GetParameter' },
    body: JSON.stringify({ Name: name, WithDecryption: true }),
  })
  if (status !== 200) throw new Error(`the keys cannot be read: ${status}`)
  return Keys.parse(JSON.parse(JSON.parse(text).Parameter.Value))
}
