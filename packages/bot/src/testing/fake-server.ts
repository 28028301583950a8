import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What a provider was asked. */
export interface Asked {
  readonly path: string
  readonly headers: IncomingHttpHeaders
  readonly body: unknown
}

/** Answers one request. It may leave the response open. */
export type Answer = (response: ServerResponse, asked: Asked) => void

/** A server on loopback that answers as it is told. */
export interface FakeServer {
  /** Without a slash at its end. */
  readonly origin: string
  readonly asked: readonly Asked[]
  /** How the requests from now on are answered. */
  answer(answer: Answer): void
  /** Resolves when a response's connection was closed by the other side before its end, at once if one was already. */
  hungUp(): Promise<void>
  close(): Promise<void>
}

export const fakeServer = async (first: Answer): Promise<FakeServer> => {
  let answer = first
  const asked: Asked[] = []
  const gone = Promise.withResolvers<void>()
  const server = createServer(async (request, response) => {
    response.on('close', () => {
      if (!response.writableFinished) gone.resolve()
    })
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece)
    const text = Buffer.concat(pieces).toString()
    const seen = { path: request.url ?? '', headers: request.headers, body: text ? JSON.parse(text) : undefined }
    asked.push(seen)
    answer(response, seen)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  return {
    origin: `http://127.0.0.1:${port}`,
    asked,
    answer(next) {
      answer = next
    },
    hungUp: () => gone.promise,
    async close() {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}
