import { limits, type UserId } from '@parley/protocol'
import { mayChangeAccount, mayInRoom, onServer, onServerOrSystem } from '../access.ts'
import { assistantId } from '../bots.ts'
import type { Event } from '../events.ts'
import { roomsOf } from '../membership.ts'
import { newAccount } from '../new-account.ts'
import type { Execute } from '../outcome.ts'
import type { Ports } from '../ports/ports.ts'
import type { Account, BotProfile } from '../ports/records.ts'
import { isRefusal, type Refusal, refuse } from '../refusal.ts'
import { refusals } from '../refusals.ts'
import { beginBotSession } from '../sessions.ts'
import { botShape, publicUser } from '../shapes.ts'

/** A bot by id; webhooks are none here. */
const botOf = async (ports: Ports, id: UserId): Promise<(Account & { readonly bot: BotProfile }) | Refusal> => {
  const account = await ports.store.user(id)
  return account?.bot && account.bot.runs !== 'hook' ? { ...account, bot: account.bot } : refusals.noBot
}

/** Why a model cannot be chosen; undefined: it can, or none was. */
export const unknownModel = (ports: Ports, model: string | null | undefined): Refusal | undefined =>
  model && !ports.models.names.includes(model) ? refusals.noModel : undefined

export const listBots: Execute<'list-bots'> = async (ports, actor) => {
  const by = await onServerOrSystem(ports, actor, 'administer')
  if (isRefusal(by)) return by
  const bots = await ports.store.bots()
  return { answer: bots.filter(({ bot }) => bot?.runs !== 'hook').map(botShape) }
}

export const addBot: Execute<'add-bot'> = async (ports, actor, { name, runs, model, instructions }) => {
  const by = await onServerOrSystem(ports, actor, 'administer')
  if (isRefusal(by)) return by
  const refusal = unknownModel(ports, model)
  if (refusal) return refusal
  if ((await ports.store.bots()).length >= limits.botsMax) return refusals.tooManyBots
  const bot = { runs, ...(model !== undefined && { model }), ...(instructions !== undefined && { instructions }) }
  const account = newAccount(ports, { name, kind: 'bot', role: 'member', bot })
  return (await ports.store.addUser(account)) === 'taken' ? refusals.nameTaken : { answer: botShape(account) }
}

const changedProfile = (
  profile: BotProfile,
  {
    model,
    instructions,
  }: { readonly model?: string | null | undefined; readonly instructions?: string | null | undefined },
): BotProfile => {
  const { model: oldModel, instructions: oldInstructions, ...rest } = profile
  const nextModel = model === undefined ? oldModel : model
  const nextInstructions = instructions === undefined ? oldInstructions : instructions
  return {
    ...rest,
    ...(nextModel != null && { model: nextModel }),
    ...(nextInstructions != null && { instructions: nextInstructions }),
  }
}

/** Changes what a bot is called and told. A ban ends its sessions and closes its sockets. */
export const changeBot: Execute<'change-bot'> = async (ports, actor, { user, name, banned, ...change }) => {
  const by = await onServerOrSystem(ports, actor, 'administer')
  if (isRefusal(by)) return by
  const refusal = unknownModel(ports, change.model)
  if (refusal) return refusal
  const account = await botOf(ports, user)
  if (isRefusal(account)) return account
  const notTheirs = mayChangeAccount(by, account, false)
  if (notTheirs) return notTheirs
  const changed = await ports.store.changeUser(user, {
    ...(name !== undefined && { name }),
    ...(banned !== undefined && { banned }),
    bot: changedProfile(account.bot, change),
  })
  if (changed === 'taken') return refusals.nameTaken
  if (!changed) return refusals.noBot
  const events: Event[] = []
  if (name !== undefined && name !== account.name) {
    const rooms = await roomsOf(ports, user)
    events.push({ type: 'user-renamed', user: publicUser(changed), rooms })
  }
  if (banned) events.push({ type: 'user-banned', user, sessions: await ports.store.endSessionsOf(user) })
  return { answer: botShape(changed), events }
}

/** A token by which a program speaks as a bot. Those that there were before are worth nothing from now on. */
export const makeBotToken: Execute<'make-bot-token'> = async (ports, actor, { user }) => {
  const by = await onServerOrSystem(ports, actor, 'administer')
  if (isRefusal(by)) return by
  const account = await botOf(ports, user)
  if (isRefusal(account)) return account
  // Whoever has the token has the bot's rights.
  const refusal = mayChangeAccount(by, account, false)
  if (refusal) return refusal
  if (account.bot.runs !== 'outside') return refuse('conflict', 'A model of this server speaks for this bot.')
  if (account.banned) return refuse('forbidden', 'This bot is banned.')
  const ended = await ports.store.endSessionsOf(user)
  const { token, expiresAt } = await beginBotSession(ports, account)
  return { answer: { token, expiresAt }, events: ended.map((session) => ({ type: 'session-ended', session })) }
}

/** Makes the bot that is there from the start. Where a person bears its name already, it takes the next one. */
export const addAssistant: Execute<'add-assistant'> = async (ports, actor) => {
  if (actor.kind !== 'system') return refusals.systemOnly
  for (const name of ['assistant', 'parley-assistant', `assistant-${assistantId.slice(-4)}`]) {
    const account = newAccount(ports, { id: assistantId, name, kind: 'bot', role: 'member', bot: { runs: 'here' } })
    if ((await ports.store.addUser(account)) === 'added') break
  }
  return { answer: null }
}

/** What is set for the bots of a room, and the models that may be chosen. For its admins. */
export const seeRoomBot: Execute<'see-room-bot'> = async (ports, actor, { room }) => {
  const account = await onServer(ports, actor, 'take part')
  if (isRefusal(account)) return account
  const standing = await ports.store.standing(room, account.id)
  if (!standing) return refusals.noRoom
  const refusal = mayInRoom('manage', standing)
  if (refusal) return refusal
  return { answer: { facts: standing.room, models: ports.models.names } }
}

export const listModels: Execute<'list-models'> = async (ports, actor) => {
  const account = await onServer(ports, actor, 'take part')
  if (isRefusal(account)) return account
  return { answer: { models: ports.models.names, configured: ports.models.configured } }
}
