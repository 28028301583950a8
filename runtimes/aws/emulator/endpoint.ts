import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Call, Faults } from './faults.ts'
import type { Lambda } from './lambda.ts'
import type { Dynamo } from './metered-dynamo.ts'
import type { EmulatedQueue } from './sqs.ts'

/** What a post to a connection, or its end, is answered. */
export type Managed = 200 | 204 | 410 | 413 | 429

export interface Subscription {
  readonly topic: string
  readonly queue: string
  /** Values of the attribute `kind` that go there. */
  readonly kinds: readonly string[]
}

export interface EndpointOptions {
  /** Undefined until there are functions. */
  readonly lambda: () => Lambda | undefined
  readonly faults: () => Faults
  readonly dynamo: Dynamo
  readonly queues: ReadonlyMap<string, EmulatedQueue>
  readonly subscriptions: readonly Subscription[]
  /** Posts to, or ends, a connection of an API. */
  manage(api: string, connection: string, frame: string | undefined): Managed
  /** What a custom resource says of itself to CloudFormation, at `/responses`. */
  readonly responded: (text: string) => void
  /** Every call that a function makes. */
  readonly counted: (call: Call) => void
}

/** The addresses of all services of AWS in one. */
export interface Endpoint {
  readonly url: string
  stop(): void
}

const read = async (request: IncomingMessage): Promise<string> => {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

const answer = (response: ServerResponse, status: number, body: object | string = ''): void => {
  response.writeHead(status, { 'content-type': typeof body === 'string' ? 'text/xml' : 'application/json' })
  response.end(typeof body === 'string' ? body : JSON.stringify(body))
}

/** A status, and what is said with it. */
type Answer = readonly [status: number, body?: object | string]

/** Parameters of Systems Manager. */
const parameterStore = () => {
  const kept = new Map<string, string>()
  return (act: string, { Name, Value }: { Name: string; Value?: string }): Answer => {
    const found = kept.get(Name)
    if (act === 'PutParameter') {
      if (found !== undefined) return [400, { __type: 'ParameterAlreadyExists' }]
      kept.set(Name, Value ?? '')
      return [200, { Version: 1 }]
    }
    if (found === undefined) return [400, { __type: 'ParameterNotFound' }]
    return [200, { Parameter: { Name, Value: found, Type: 'SecureString' } }]
  }
}

/** Which service and act a request is for: each has a way of its own to say so. */
const callOf = (request: IncomingMessage): Pick<Call, 'service' | 'act'> => {
  const [, prefix = '', act = ''] = /^(DynamoDB|AmazonSSM|AmazonSQS)[^.]*\.(\w+)$/.exec(
    String(request.headers['x-amz-target'] ?? ''),
  ) ?? ['', '', '']
  if (prefix === 'DynamoDB') return { service: 'dynamodb', act }
  if (prefix === 'AmazonSSM') return { service: 'ssm', act }
  if (prefix === 'AmazonSQS') return { service: 'sqs', act }
  if (request.url?.includes('/@connections/')) return { service: 'execute-api', act: request.method ?? '' }
  return { service: 'sns', act: 'Publish' }
}

export const serveEndpoint = async (options: EndpointOptions): Promise<Endpoint> => {
  const parameters = parameterStore()

  const publish = (body: URLSearchParams): Answer => {
    const kind = body.get('MessageAttributes.entry.1.Value.StringValue') ?? ''
    for (const { topic, queue, kinds } of options.subscriptions) {
      if (topic === body.get('TopicArn') && kinds.includes(kind)) {
        options.queues.get(queue)?.send(body.get('Message') ?? '')
      }
    }
    return [200, '<PublishResponse/>']
  }
  const queueAct = (act: string, body: Record<string, unknown>): Answer => {
    const name = String(body.QueueUrl).split('/').at(-1)
    const queue = options.queues.values().find(({ arn }) => arn.endsWith(`:${name}`))
    if (!queue) return [400, { __type: 'QueueDoesNotExist' }]
    if (act === 'SendMessage') queue.send(String(body.MessageBody), Number(body.DelaySeconds ?? 0) * 1000)
    else if (!queue.hide(String(body.ReceiptHandle), Number(body.VisibilityTimeout) * 1000)) {
      return [400, { __type: 'ReceiptHandleIsInvalid' }]
    }
    return [200, {}]
  }
  const connections = (method: string, path: string, frame: string): Answer => {
    const [, api = '', , , id = ''] = path.split('/')
    if (method === 'POST' && options.faults().throttles()) return [429, { message: 'LimitExceededException' }]
    const status = options.manage(api, decodeURIComponent(id), method === 'POST' ? frame : undefined)
    return status === 410 ? [status, { message: 'Gone' }] : [status]
  }
  const done = (service: Call['service'], act: string, path: string, text: string): Answer => {
    if (service === 'ssm') return parameters(act, JSON.parse(text))
    if (service === 'sqs') return queueAct(act, JSON.parse(text))
    if (service === 'sns') return publish(new URLSearchParams(text))
    return connections(act, path, text)
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (request.url === '/responses') {
      options.responded(await read(request))
      return answer(response, 200)
    }
    const { service, act } = callOf(request)
    const environment = /Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const owner = options.lambda()?.ownerOf(environment)
    if (owner !== undefined) {
      const call = { function: owner, environment, service, act }
      options.counted(call)
      if (options.faults().dies(call)) {
        options.lambda()?.kill(environment)
        return void request.socket.destroy()
      }
      if (options.faults().stalls(call)) return
    } else if (environment.startsWith('environment-')) {
      // One that has died: what it had sent off does not arrive any more.
      return void request.socket.destroy()
    }
    if (service === 'dynamodb') return void options.dynamo.emit('request', request, response)
    answer(response, ...done(service, act, request.url ?? '', await read(request)))
  }

  const server = createServer((request, response) => {
    serve(request, response).catch((error) => answer(response, 500, { message: String(error) }))
  })
  server.keepAliveTimeout = 60_000
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () => {
      server.close()
      server.closeAllConnections()
    },
  }
}
