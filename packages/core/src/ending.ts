import { closeCodes } from '@parley/protocol'
import type { Event } from './events.ts'

/** Why a connection is closed from this side: the last event that it gets, with the close code. */
export type Ending = Extract<Event, { type: 'connection-ended' }>

const ending = (code: number, message: string, retry: number | null): Ending => ({
  type: 'connection-ended',
  code,
  message,
  retry,
})

/** Every reason for which the server itself closes a connection. */
export const endings = {
  goingAway: ending(closeCodes.goingAway, 'The server is going away for a moment.', 1),
  lost: ending(closeCodes.goingAway, 'This connection was silent for too long.', 0),
  noHello: ending(closeCodes.goingAway, 'This connection has said no hello.', 1),
  renewal: ending(closeCodes.goingAway, 'This connection has come to its age. Open another.', 0),
  tooLarge: ending(closeCodes.tooLarge, 'This frame is larger than 32 KiB.', null),
  notText: ending(closeCodes.notText, 'Frames are text.', null),
  slowReader: ending(closeCodes.slowReader, 'This connection reads too slowly.', 1),
  signedOut: ending(closeCodes.signedOut, 'You are signed out.', null),
  banned: ending(closeCodes.banned, 'This account is banned.', null),
  tooMany: ending(closeCodes.tooMany, 'Too many frames.', 10),
} as const
