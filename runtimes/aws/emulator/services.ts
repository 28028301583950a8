import { connectionsHost, responsesHost } from './addresses.ts'
import type { Dynamo } from './dynamo.ts'
import type { Call, Faults } from './faults.ts'
import type { Lambda } from './lambda.ts'
import type { EmulatedQueue } from './sqs.ts'

/** What a post to a connection, or its end, is answered. */
export type Managed = 200 | 204 | 410 | 413 | 429

export interface Subscription {
  readonly topic: string
  readonly queue: string
  /** Values of the attribute `kind` that go there. */
  readonly kinds: readonly string[]
}

/** A request of a function to a service. */
export interface ServiceRequest {
  readonly host: string
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

export interface ServiceAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  readonly text: string
}

export interface ServicesOptions {
  /** Undefined until there are functions. */
  readonly lambda: () => Lambda | undefined
  readonly faults: () => Faults
  readonly dynamo: Dynamo
  readonly queues: ReadonlyMap<string, EmulatedQueue>
  readonly subscriptions: readonly Subscription[]
  /** Posts to, or ends, a connection of an API. */
  manage(api: string, connection: string, frame: string | undefined): Managed
  /** What a custom resource says of itself to CloudFormation, at its address. */
  readonly responded: (text: string) => void
  /** Every call that a function makes. */
  readonly counted: (call: Call) => void
}

/** All services of AWS in one. Undefined: the connection is cut; some are never answered. */
export type Services = (request: ServiceRequest) => Promise<ServiceAnswer | undefined>

const answer = (status: number, body: object | string = ''): ServiceAnswer => ({
  status,
  headers: { 'content-type': typeof body === 'string' ? 'text/xml' : 'application/json' },
  text: typeof body === 'string' ? body : JSON.stringify(body),
})

/** Parameters of Systems Manager. */
const parameterStore = () => {
  const kept = new Map<string, string>()
  return (act: string, { Name, Value }: { Name: string; Value?: string }): ServiceAnswer => {
    const found = kept.get(Name)
    if (act === 'PutParameter') {
      if (found !== undefined) return answer(400, { __type: 'ParameterAlreadyExists' })
      kept.set(Name, Value ?? '')
      return answer(200, { Version: 1 })
    }
    if (found === undefined) return answer(400, { __type: 'ParameterNotFound' })
    return answer(200, { Parameter: { Name, Value: found, Type: 'SecureString' } })
  }
}

/** Which service and act a request is for: each has a way of its own to say so. */
const callOf = ({ host, method, headers }: ServiceRequest): Pick<Call, 'service' | 'act'> => {
  const act = /\.(\w+)$/.exec(headers['x-amz-target'] ?? '')?.[1] ?? ''
  const [service] = host.split('.')
  if (service === 'dynamodb' || service === 'ssm' || service === 'sqs') return { service, act }
  return service === 'sns' ? { service, act: 'Publish' } : { service: 'execute-api', act: method }
}

export const emulatedServices = (options: ServicesOptions): Services => {
  const parameters = parameterStore()

  const publish = (body: URLSearchParams): ServiceAnswer => {
    const kind = body.get('MessageAttributes.entry.1.Value.StringValue') ?? ''
    for (const { topic, queue, kinds } of options.subscriptions) {
      if (topic === body.get('TopicArn') && kinds.includes(kind)) {
        options.queues.get(queue)?.send(body.get('Message') ?? '')
      }
    }
    return answer(200, '<PublishResponse/>')
  }
  const queueAct = (act: string, body: Record<string, unknown>): ServiceAnswer => {
    const name = String(body.QueueUrl).split('/').at(-1)
    const queue = options.queues.values().find(({ arn }) => arn.endsWith(`:${name}`))
    if (!queue) return answer(400, { __type: 'QueueDoesNotExist' })
    if (act === 'SendMessage') queue.send(String(body.MessageBody), Number(body.DelaySeconds ?? 0) * 1000)
    else if (!queue.hide(String(body.ReceiptHandle), Number(body.VisibilityTimeout) * 1000)) {
      return answer(400, { __type: 'ReceiptHandleIsInvalid' })
    }
    return answer(200, {})
  }
  const connections = ({ host, method, path, body }: ServiceRequest): ServiceAnswer => {
    const api = connectionsHost.exec(host)?.[1] ?? ''
    const id = path.split('/').at(-1) ?? ''
    if (method === 'POST' && options.faults().throttles()) return answer(429, { message: 'LimitExceededException' })
    const status = options.manage(api, decodeURIComponent(id), method === 'POST' ? body : undefined)
    return status === 410 ? answer(status, { message: 'Gone' }) : answer(status)
  }

  const serve: Services = async (request) => {
    if (request.host === responsesHost) {
      options.responded(request.body)
      return answer(200)
    }
    const { service, act } = callOf(request)
    const environment = /Credential=([^/]+)/.exec(request.headers.authorization ?? '')?.[1] ?? ''
    const owner = options.lambda()?.ownerOf(environment)
    // One that has died: what it had sent off does not arrive any more.
    if (owner === undefined) return undefined
    const call = { function: owner, environment, service, act }
    options.counted(call)
    if (options.faults().dies(call)) {
      options.lambda()?.kill(environment)
      return undefined
    }
    if (options.faults().stalls(call)) return new Promise(() => {})
    if (service === 'dynamodb') return options.dynamo(request)
    if (service === 'ssm') return parameters(act, JSON.parse(request.body))
    if (service === 'sqs') return queueAct(act, JSON.parse(request.body))
    return service === 'sns' ? publish(new URLSearchParams(request.body)) : connections(request)
  }
  return (request) => serve(request).catch((error: unknown) => answer(500, { message: String(error) }))
}
