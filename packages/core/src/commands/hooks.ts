import { type Hook, limits, type MessageId, type UserId } from '@parley/protocol'
import { inRoom, onServer } from '../access.ts'
import { newAccount } from '../new-account.ts'
import type { Execute } from '../outcome.ts'
import type { Account } from '../ports/records.ts'
import { isRefusal, refuse, tooMuch } from '../refusal.ts'
import { refusals } from '../refusals.ts'
import { digestOf, isSame } from '../secrets.ts'
import { sendMessage } from './send-message.ts'

const noHook = refuse('not_found', 'There is no such webhook.')

const hookShape = ({ id, name, bot, createdAt }: Account): Hook | undefined =>
  bot?.hook && { id, name, room: bot.hook.room, createdAt }

/** The webhooks that were not taken away. */
export const listHooks: Execute<'list-hooks'> = async (ports, actor) => {
  const by = await onServer(ports, actor, 'administer')
  if (isRefusal(by)) return by
  const bots = await ports.store.bots()
  return { answer: bots.flatMap((bot) => (bot.banned ? [] : (hookShape(bot) ?? []))) }
}

/** An address by which programs say something in one room. Its secret is told here and never again. */
export const addHook: Execute<'add-hook'> = async (ports, actor, { room, name }) => {
  const by = await onServer(ports, actor, 'administer')
  if (isRefusal(by)) return by
  const standing = await inRoom(ports, actor, room, 'manage')
  if (isRefusal(standing)) return standing
  if (standing.room.kind === 'direct') return refuse('forbidden', 'A direct room has no webhooks.')
  if ((await ports.store.bots()).length >= limits.botsMax) {
    return refusals.tooManyBots
  }
  const id = ports.ids.uuid() as UserId
  const secret = `${id}.${ports.ids.secret()}`
  const bot = { runs: 'hook', hook: { room, hash: await digestOf(secret) } } as const
  const account = newAccount(ports, { id, name, kind: 'bot', role: 'member', bot })
  const { createdAt } = account
  if ((await ports.store.addUser(account)) === 'taken') return refusals.nameTaken
  await ports.store.addMember({ room, user: id, role: 'member', joinedAt: createdAt, read: 0 })
  return { answer: { hook: { id, name, room, createdAt }, secret } }
}

/** Takes a webhook away: what it said stays, under its name. */
export const removeHook: Execute<'remove-hook'> = async (ports, actor, { user }) => {
  const by = await onServer(ports, actor, 'administer')
  if (isRefusal(by)) return by
  const account = await ports.store.user(user)
  if (!account?.bot?.hook || account.banned) return noHook
  await ports.store.changeUser(user, { banned: true })
  return { answer: null }
}

/** Says something through a webhook. */
export const callHook: Execute<'call-hook'> = async (ports, _actor, { secret, text }) => {
  const [id = ''] = secret.split('.')
  const account = await ports.store.user(id as UserId)
  const hook = account?.bot?.hook
  if (!account || !hook || account.banned || !isSame(hook.hash, await digestOf(secret))) return noHook
  const wait = ports.limits.take('user', account.id)
  if (wait > 0) return tooMuch(wait)
  const message = ports.ids.uuid() as MessageId
  return sendMessage(
    ports,
    { kind: 'service', user: account.id },
    { action: 'send', room: hook.room, id: message, text },
  )
}
