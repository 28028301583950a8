import { type Chat, isRefusal, type Refusal, refuse } from '@parley/core'
import { type MessageId, roomBotDefaults } from '@parley/protocol'
import type { Handlers } from './call.ts'

export interface HandlerOptions {
  readonly chat: Pick<Chat, 'execute'>
  readonly version: string
  /** Whether the server can do its work: store. */
  health(): Promise<'ok' | 'failing'>
  /** The id of a message whose sender chose none. */
  newMessageId(): MessageId
}

const shaped = async <A, B>(asked: Promise<A | Refusal>, shape: (answer: A) => B): Promise<B | Refusal> => {
  const answer = await asked
  return isRefusal(answer) ? answer : shape(answer)
}

/** What each end point does: a command, and the shape of its answer. */
export const handlers = ({ chat, version, health, newMessageId }: HandlerOptions): Handlers => ({
  'POST /api/guests': ({ actor, body }) => chat.execute(actor, { action: 'be-guest', ...body }),
  'POST /api/login': ({ actor, body }) => chat.execute(actor, { action: 'sign-in', ...body }),
  'POST /api/renew': ({ actor, token }) => chat.execute(actor, { action: 'renew', token }),
  'POST /api/logout': ({ actor }) => chat.execute(actor, { action: 'sign-out' }),
  'POST /api/password': ({ actor, body }) => chat.execute(actor, { action: 'change-password', ...body }),
  'POST /api/tickets': ({ actor }) => chat.execute(actor, { action: 'make-ticket' }),
  'GET /api/me': ({ actor }) => shaped(chat.execute(actor, { action: 'whoami' }), (user) => ({ user })),
  'GET /api/rooms': ({ actor, query }) => chat.execute(actor, { action: 'list-rooms', ...query }),
  'GET /api/rooms/{room}': ({ actor, path }) =>
    shaped(chat.execute(actor, { action: 'see-room', ...path }), (room) => ({ room })),
  'GET /api/rooms/{room}/bot': ({ actor, path }) =>
    shaped(chat.execute(actor, { action: 'see-room-bot', ...path }), ({ facts, models }) => ({
      bot: { ...roomBotDefaults, ...facts.bot },
      models: [...models],
    })),
  'GET /api/rooms/{room}/messages/{message}/usage': ({ actor, path }) =>
    shaped(chat.execute(actor, { action: 'see-reply-usage', ...path }), (usage) => ({ usage })),
  'GET /api/rooms/{room}/messages': ({ actor, path, query }) =>
    shaped(chat.execute(actor, { action: 'list-messages', ...path, ...query }), ({ messages, rev, more }) => ({
      messages,
      rev,
      more,
    })),
  'POST /api/rooms/{room}/messages': ({ actor, path, body: { id = newMessageId(), text, replyTo } }) =>
    shaped(chat.execute(actor, { action: 'send', ...path, id, text, replyTo }), ({ room, rev, message }) => ({
      room,
      rev,
      message,
    })),
  'GET /api/users': ({ actor, query }) => chat.execute(actor, { action: 'find-users', prefix: query.q ?? '' }),
  'POST /api/broadcasts': ({ actor, body }) =>
    shaped(chat.execute(actor, { action: 'broadcast', ...body }), ({ broadcast }) => ({ broadcast })),
  'GET /api/connections': ({ actor, query }) => chat.execute(actor, { action: 'list-connections', ...query }),
  'GET /api/accounts': ({ actor, query }) => chat.execute(actor, { action: 'list-accounts', ...query }),
  'POST /api/accounts': ({ actor, body: { name, password, role = 'member' } }) =>
    shaped(chat.execute(actor, { action: 'add-account', name, password, role }), (account) => ({ account })),
  'PATCH /api/accounts/{user}': ({ actor, path, body }) =>
    shaped(chat.execute(actor, { action: 'change-account', ...path, ...body }), (account) => ({ account })),
  'POST /api/accounts/{user}/password-link': ({ actor, path }) =>
    chat.execute(actor, { action: 'make-password-link', ...path }),
  'POST /api/password-links': ({ actor, body }) => chat.execute(actor, { action: 'use-password-link', ...body }),
  'POST /api/first-owner': ({ actor, body }) => chat.execute(actor, { action: 'become-owner', ...body }),
  'GET /api/bots': ({ actor }) => shaped(chat.execute(actor, { action: 'list-bots' }), (bots) => ({ bots })),
  'POST /api/bots': ({ actor, body }) =>
    shaped(chat.execute(actor, { action: 'add-bot', ...body }), (bot) => ({ bot })),
  'PATCH /api/bots/{user}': ({ actor, path, body }) =>
    shaped(chat.execute(actor, { action: 'change-bot', ...path, ...body }), (bot) => ({ bot })),
  'POST /api/bots/{user}/tokens': ({ actor, path }) => chat.execute(actor, { action: 'make-bot-token', ...path }),
  'GET /api/models': ({ actor }) => chat.execute(actor, { action: 'list-models' }),
  'GET /api/usage': ({ actor, query }) => chat.execute(actor, { action: 'list-usage', ...query }),
  'GET /api/hooks': ({ actor }) => shaped(chat.execute(actor, { action: 'list-hooks' }), (hooks) => ({ hooks })),
  'POST /api/hooks': ({ actor, body }) => chat.execute(actor, { action: 'add-hook', ...body }),
  'DELETE /api/hooks/{user}': ({ actor, path }) => chat.execute(actor, { action: 'remove-hook', ...path }),
  'POST /api/hooks/{secret}': ({ actor, path, body }) =>
    shaped(chat.execute(actor, { action: 'call-hook', ...path, ...body }), ({ room, rev, message }) => ({
      room,
      rev,
      message,
    })),
  'GET /api/health': async () =>
    (await health()) === 'ok' ? { status: 'ok', version } : refuse('unavailable', 'The storage does not answer.', 1),
})
