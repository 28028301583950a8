import { explain, type Refusal, refuse } from '@parley/core'
import { type Endpoint, limits } from '@parley/protocol'
import { type PathWord, pathWords } from './call.ts'

const tooLarge = refuse('too_large', `A body has at most ${limits.bodyBytes} bytes.`)
const notText = refuse('bad_request', 'The body is not UTF-8.')
const notJson = refuse('bad_request', 'The body is not JSON.')
const cutOff = refuse('bad_request', 'The body did not arrive.')

const declaredBytes = ({ headers }: Request): number | undefined => {
  const length = headers.get('content-length')
  return length === null || headers.has('transfer-encoding') ? undefined : Number(length)
}

const joined = (chunks: readonly Uint8Array[], size: number): Uint8Array => {
  const whole = new Uint8Array(size)
  let at = 0
  for (const chunk of chunks) {
    whole.set(chunk, at)
    at += chunk.byteLength
  }
  return whole
}

/** The body, as long as it keeps to the limit; undefined beyond. Not cancelled there: who sends it shall hear why. */
const collected = async ({ body }: Request): Promise<Uint8Array | undefined> => {
  const chunks: Uint8Array[] = []
  let size = 0
  const reader = body?.getReader()
  for (let read = await reader?.read(); read && !read.done; read = await reader?.read()) {
    size += read.value.byteLength
    if (size > limits.bodyBytes) return undefined
    chunks.push(read.value)
  }
  return joined(chunks, size)
}

/** The bytes of the body. One that says its length is read in one piece, which hosts do faster. */
const bytesOf = async (request: Request): Promise<Uint8Array | Refusal> => {
  const declared = declaredBytes(request)
  if (declared !== undefined && declared > limits.bodyBytes) return tooLarge
  try {
    const bytes = declared === undefined ? await collected(request) : new Uint8Array(await request.arrayBuffer())
    return bytes && bytes.byteLength <= limits.bodyBytes ? bytes : tooLarge
  } catch {
    return cutOff
  }
}

const decoded = (bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}

const parsed = (text: string): { readonly value: unknown } | undefined => {
  try {
    return { value: JSON.parse(text) }
  } catch {
    return undefined
  }
}

/** Something of a request that was checked, or why it cannot be taken. */
export type Checked<T> = { readonly value: T } | Refusal

/** The body as the end point wants it. One it does not want is read and dropped, within the same limit. */
export const checkBody = async (request: Request, schema: Endpoint['body']): Promise<Checked<unknown>> => {
  const bytes = await bytesOf(request)
  if ('refused' in bytes) return bytes
  if (!schema) return { value: undefined }
  const text = decoded(bytes)
  if (text === undefined) return notText
  const json = parsed(text)
  if (!json) return notJson
  const result = schema.safeParse(json.value)
  return result.success ? { value: result.data } : explain(result.error)
}

/** The query as the end point wants it; each name once. */
export const checkQuery = (url: string, schema: Endpoint['query']): Checked<unknown> => {
  const { searchParams } = new URL(url)
  const names = [...searchParams.keys()]
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) return refuse('bad_request', `${twice.slice(0, 100)}: given twice`)
  if (!schema) {
    const [unknown] = names
    return unknown === undefined
      ? { value: undefined }
      : refuse('bad_request', `${unknown.slice(0, 100)}: this end point takes no query`)
  }
  const result = schema.safeParse(Object.fromEntries(searchParams))
  return result.success ? { value: result.data } : explain(result.error)
}

/** The ids in a path, by the names of their places. */
export const checkPath = (words: readonly PathWord[], given: (word: PathWord) => string): Checked<object> => {
  const value: Partial<Record<PathWord, string>> = {}
  for (const word of words) {
    const result = pathWords[word].safeParse(given(word))
    if (!result.success) return explain(result.error, word)
    value[word] = result.data
  }
  return { value }
}
