import { limits } from '@parley/protocol'
import { refuse } from './refusal.ts'

/**
 * What several commands refuse, in one wording each: nobody shall learn from two wordings which of them said no. Above
 * all a room that is not there and one that is not for the asker are the same.
 */
export const refusals = {
  signIn: refuse('unauthorized', 'Sign in first.'),
  banned: refuse('forbidden', 'This account is banned.'),
  tooManySockets: refuse('rate_limited', 'You have too many sockets open. Close some.', 10),
  /** `wait`: seconds. */
  tooManyGuests: (wait: number) => refuse('rate_limited', 'Too many guests from your address. Wait a little.', wait),
  noRoom: refuse('not_found', 'There is no such room, or it is not for you.'),
  noMessage: refuse('not_found', 'There is no such message in the room.'),
  noAccount: refuse('not_found', 'There is no such account.'),
  noBot: refuse('not_found', 'There is no such bot.'),
  noModel: refuse('bad_request', 'There is no model of that name.'),
  nameTaken: refuse('conflict', 'Somebody else has this name.'),
  guestNameTaken: refuse('conflict', 'Somebody with an account has this name. Choose another.'),
  tooManyBots: refuse('conflict', `A server has at most ${limits.botsMax} bots and webhooks.`),
  notBitByBit: refuse('forbidden', 'Only bots say something bit by bit.'),
  botsOnly: refuse('forbidden', 'Only bots of this server do that.'),
  systemOnly: refuse('forbidden', 'Only whoever runs the server does that.'),
} as const
