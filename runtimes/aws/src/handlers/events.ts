import type { Connection, SessionId } from '@parley/core'
import type { UserId } from '@parley/protocol'
import { compatId } from '../services/gateway.ts'

/** The fixed facts of a connection, as the authorizer hands them on: API Gateway keeps nothing but strings. */
export interface Facts {
  readonly user: string
  readonly session: string
  readonly expiresAt: string
  readonly dialect: string
  readonly bag?: string
}

/** What `$connect` is to answer to whom a dialect does not let in: an authorizer has but two answers of its own. */
export interface Refused {
  readonly status: string
}

/** What of a WebSocket event the functions read. */
export interface SocketEvent {
  readonly requestContext: {
    readonly connectionId: string
    readonly stage: string
    readonly routeKey: string
    readonly authorizer?: Facts | Refused
  }
  readonly headers?: Readonly<Record<string, string>>
  readonly queryStringParameters?: Readonly<Record<string, string>>
  readonly body?: string
}

/** What a WebSocket route answers: a body goes to the connection that asked. */
export interface SocketAnswer {
  readonly statusCode: number
  readonly body?: string
}

/** A request to the HTTP API, in the second version of its form. Names of headers are in lower case. */
export interface HttpEvent {
  readonly rawPath: string
  readonly rawQueryString: string
  readonly headers: Readonly<Record<string, string>>
  readonly requestContext: { readonly http: { readonly method: string } }
  readonly body?: string
  readonly isBase64Encoded: boolean
}

export interface HttpAnswer {
  readonly statusCode: number
  readonly body: string
  readonly headers?: Readonly<Record<string, string>>
}

export interface QueueEvent {
  readonly Records: readonly {
    readonly messageId: string
    readonly receiptHandle: string
    readonly body: string
    readonly attributes: { readonly ApproximateReceiveCount: string }
  }[]
}

/** The messages of a batch that are to be taken again. */
export interface QueueAnswer {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[]
}

export interface FunctionContext {
  getRemainingTimeInMillis(): number
}

export const compatStage = 'compat'

/** The connection that an event is about. @throws {Error} where no authorizer has let it in */
export const connectionOf = ({ requestContext: { connectionId, stage, authorizer } }: SocketEvent): Connection => {
  if (!authorizer || 'status' in authorizer) throw new Error('this connection has come past the authorizer')
  const { user, session, expiresAt, dialect, bag } = authorizer
  return {
    id: (stage === compatStage ? compatId(connectionId) : connectionId) as Connection['id'],
    user: user as UserId,
    session: session as SessionId,
    expiresAt,
    dialect,
    ...(bag !== undefined && { bag }),
  }
}

/** A header of a socket's request, whatever the case of its name. */
export const headerOf = ({ headers = {} }: SocketEvent, name: string): string | undefined =>
  Object.entries(headers).find(([key]) => key.toLowerCase() === name)?.[1]
