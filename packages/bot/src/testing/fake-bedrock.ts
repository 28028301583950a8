import { crc32 } from 'node:zlib'
import type { Answer } from './fake-server.ts'

const stringHeader = (name: string, value: string): Buffer => {
  const length = Buffer.alloc(2)
  length.writeUInt16BE(Buffer.byteLength(value))
  return Buffer.concat([
    Buffer.from([Buffer.byteLength(name)]),
    Buffer.from(name),
    Buffer.from([7]),
    length,
    Buffer.from(value),
  ])
}

const unsigned = (value: number): Buffer => {
  const four = Buffer.alloc(4)
  four.writeUInt32BE(value)
  return four
}

/** One frame of `application/vnd.amazon.eventstream`: lengths, their checksum, headers, payload, checksum of all. */
const frame = (headers: Readonly<Record<string, string>>, payload: object): Buffer => {
  const head = Buffer.concat(Object.entries(headers).map(([name, value]) => stringHeader(name, value)))
  const body = Buffer.from(JSON.stringify(payload))
  const lengths = Buffer.concat([unsigned(head.length + body.length + 16), unsigned(head.length)])
  const message = Buffer.concat([lengths, unsigned(crc32(lengths)), head, body])
  return Buffer.concat([message, unsigned(crc32(message))])
}

const event = (type: string, payload: object): Buffer =>
  frame({ ':event-type': type, ':content-type': 'application/json', ':message-type': 'event' }, payload)

/** Streams the texts as Bedrock's `converse-stream` does. Without a reason it breaks off before its end. */
export const bedrockStream =
  (texts: readonly string[], reason = 'end_turn'): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' })
    response.write(event('messageStart', { role: 'assistant' }))
    for (const text of texts) response.write(event('contentBlockDelta', { contentBlockIndex: 0, delta: { text } }))
    if (reason) {
      response.write(event('contentBlockStop', { contentBlockIndex: 0 }))
      response.write(event('messageStop', { stopReason: reason }))
      const usage = { inputTokens: 11, outputTokens: 4, totalTokens: 15 }
      response.write(event('metadata', { usage, metrics: { latencyMs: 1 } }))
    }
    response.end()
  }

/** An exception in the middle of a stream. */
export const bedrockException =
  (texts: readonly string[], type: string): Answer =>
  (response) => {
    response.writeHead(200, { 'content-type': 'application/vnd.amazon.eventstream' })
    for (const text of texts) response.write(event('contentBlockDelta', { contentBlockIndex: 0, delta: { text } }))
    const headers = { ':exception-type': type, ':content-type': 'application/json', ':message-type': 'exception' }
    response.end(frame(headers, { message: 'Too many tokens, please wait before trying again.' }))
  }

export const bedrockError =
  (status: number, message: string): Answer =>
  (response) => {
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }))
  }
