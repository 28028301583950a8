import { ParleyError } from './errors.ts'

/**
 * The error that a gateway in front of the server answers by itself: `{message, connectionId, requestId}` without
 * `type` and `ref`. It does not say which frame it is about. Undefined for every other frame.
 */
export const gatewayError = (frame: object): ParleyError | undefined => {
  if ('type' in frame || !('message' in frame) || !('requestId' in frame || 'connectionId' in frame)) return undefined
  const message = String(frame.message)
  if (message === 'Forbidden') return new ParleyError('unknown_action', 'The server does not know this action.')
  if (message === 'Invalid request body') return new ParleyError('bad_request', 'The server refused this as malformed.')
  if (/limit|too many/i.test(message)) return new ParleyError('rate_limited', 'Too much at once. Wait a little.', 1)
  return new ParleyError('internal', 'Something went wrong on the server.', 1)
}
