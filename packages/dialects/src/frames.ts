import { type Refusal, refuse } from '@parley/core'
import { isBlank, Text } from '@parley/protocol'

/** The object that a frame is; undefined where it is none. */
export const objectIn = (frame: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(frame)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return value as Readonly<Record<string, unknown>>
  } catch {
    return undefined
  }
}

const notForTexts = /[^\P{Cc}\n\t]/gu

/** What somebody says, as Parley keeps texts; undefined where there is nothing to read, or too much. */
export const textOf = (value: unknown): string | undefined => {
  if (typeof value !== 'string') return undefined
  const text = value.replace(/\r\n?/g, '\n').replace(notForTexts, '').toWellFormed()
  return !isBlank(text) && Text.safeParse(text).success ? text : undefined
}

export const unknownAction = { refusal: refuse('unknown_action', 'There is no such action.') }
export const badBody = { refusal: refuse('bad_request', 'A field is missing, or is not what it should be.') }

/** The frame of the gateway that the systems stood behind, to the blank. */
export const gatewayFrame = (message: string, connection: string, request: string): string =>
  `{"message": ${JSON.stringify(message)}, "connectionId":${JSON.stringify(connection)}, "requestId":${JSON.stringify(request)}}`

/** What the gateway said of a frame that was refused. `badBody`: where the body was not what it should be. */
export const gatewayWord = ({ refused }: Refusal, badBody: string): string => {
  if (refused === 'unknown_action' || refused === 'forbidden') return 'Forbidden'
  if (refused === 'bad_request' || refused === 'too_large') return badBody
  return refused === 'rate_limited' ? 'Too Many Requests' : 'Internal server error'
}
