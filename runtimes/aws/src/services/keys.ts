import { joseTokens, type Tokens } from '@parley/core'
import { z } from 'zod'
import type { Request } from './request.ts'

/** What the first deploy has made up: the key that signs tokens, and what CloudFront shows to the gateways. */
const Keys = () => z.object({ tokens: z.string().min(32), origin: z.string().min(32) })
export type Keys = z.infer<ReturnType<typeof Keys>>

/** Reads a SecureString parameter; undefined where there is none. @throws {Error} where that cannot be said */
export const readParameter = async (request: Request, endpoint: string, name: string): Promise<string | undefined> => {
  const { status, text } = await request({
    method: 'POST',
    url: `${endpoint}/`,
    headers: { 'content-type': 'application/x-amz-json-1.1', 'x-amz-target': 'AmazonSSM.GetParameter' },
    body: JSON.stringify({ Name: name, WithDecryption: true }),
  })
  if (status === 200) return JSON.parse(text).Parameter.Value
  if (text.includes('ParameterNotFound')) return undefined
  throw new Error(`the parameter ${name} cannot be read: ${status}`)
}

const readKeys = async (request: Request, endpoint: string, name: string): Promise<Keys> => {
  const text = await readParameter(request, endpoint, name)
  if (text === undefined) throw new Error(`there is no parameter ${name}`)
  return Keys().parse(JSON.parse(text))
}

/**
 * The keys, read when they are first asked for: most functions never do, and a reading is part of a cold start.
 * Rejects where they cannot be had, and reads again when asked again.
 */
export const keysOnDemand = (request: Request, endpoint: string, name: string): (() => Promise<Keys>) => {
  let reading: Promise<Keys> | undefined
  return () => {
    reading ??= readKeys(request, endpoint, name).catch((error: unknown) => {
      reading = undefined
      throw error
    })
    return reading
  }
}

/** The bytes that tokens are signed with. */
export const signingKey = ({ tokens }: Keys): Uint8Array => new TextEncoder().encode(tokens)

/** Tokens, whose key is read with the first of them. */
export const tokensOnDemand = (keys: () => Promise<Keys>): Tokens => {
  const tokens = async (): Promise<Tokens> => joseTokens(signingKey(await keys()))
  return {
    sign: async (claims) => (await tokens()).sign(claims),
    verify: async (token) => (await tokens()).verify(token),
  }
}

const ModelKeys = () => z.record(z.string(), z.string())

/** The keys of models in their parameter: a JSON object of them by name, or one that is `PARLEY_MODEL_KEY`. */
export const keysIn = (text: string): Readonly<Record<string, string>> =>
  text.trimStart().startsWith('{') ? ModelKeys().parse(JSON.parse(text)) : { PARLEY_MODEL_KEY: text.trim() }
