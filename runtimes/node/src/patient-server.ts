import { createServer, type IncomingMessage, type RequestListener, type Server } from 'node:http'

/** How long the other end may take, in milliseconds. A body has 64 KiB at most. */
export interface Patience {
  readonly headersMs: number
  readonly requestMs: number
}

const patience: Patience = { headersMs: 10_000, requestMs: 30_000 }
/** It is looked so many times within the shorter one. */
const looks = 5

/** Whoever offers another protocol (`curl --http2` does) goes on with this one. */
const isWebSocket = ({ headers }: IncomingMessage): boolean => headers.upgrade?.toLowerCase() === 'websocket'

/** An HTTP server that does not wait for good for a request which comes byte by byte, or for one that never comes. */
export const patientServer = (listener: RequestListener, { headersMs, requestMs }: Patience = patience): Server =>
  createServer(
    {
      shouldUpgradeCallback: isWebSocket,
      headersTimeout: headersMs,
      requestTimeout: requestMs,
      connectionsCheckingInterval: Math.ceil(headersMs / looks),
    },
    listener,
  )
