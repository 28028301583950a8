import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { region } from './addresses.ts'

interface Answer {
  readonly statusCode?: number
  readonly headers?: Readonly<Record<string, string>>
  readonly cookies?: readonly string[]
  readonly body?: string
  readonly isBase64Encoded?: boolean
}

const bodyMax = 10 * 1024 * 1024

/** An HTTP API with one function behind all of it: a request becomes an event of the second form. */
export const httpGateway =
  (api: string, target: string, invoke: (id: string, event: unknown) => Promise<unknown>) =>
  async (
    request: IncomingMessage,
    response: ServerResponse,
    headers: Readonly<Record<string, string>>,
  ): Promise<void> => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    const body = Buffer.concat(chunks)
    const fail = (status: number, message: string): void => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ message }))
    }
    if (body.length > bodyMax) return fail(413, 'Request Entity Too Large')
    const raw = request.url ?? '/'
    const end = raw.indexOf('?')
    const isText = /^(?:text\/|application\/json)/.test(headers['content-type'] ?? '')
    const event = {
      version: '2.0',
      routeKey: '$default',
      rawPath: end < 0 ? raw : raw.slice(0, end),
      rawQueryString: end < 0 ? '' : raw.slice(end + 1),
      headers,
      requestContext: {
        apiId: api,
        domainName: `${api}.execute-api.${region}.amazonaws.com`,
        http: { method: request.method, path: raw, protocol: 'HTTP/1.1', sourceIp: '130.176.0.1', userAgent: '' },
        requestId: randomUUID(),
        routeKey: '$default',
        stage: '$default',
      },
      ...(body.length > 0 && { body: body.toString(isText ? 'utf8' : 'base64') }),
      isBase64Encoded: !isText && body.length > 0,
    }
    try {
      const answer = (await invoke(target, event)) as Answer
      const bytes = Buffer.from(answer.body ?? '', answer.isBase64Encoded ? 'base64' : 'utf8')
      response.writeHead(answer.statusCode ?? 200, {
        ...answer.headers,
        ...(answer.cookies && { 'set-cookie': [...answer.cookies] }),
        'content-length': bytes.length,
      })
      response.end(request.method === 'HEAD' ? undefined : bytes)
    } catch {
      fail(500, 'Internal Server Error')
    }
  }
