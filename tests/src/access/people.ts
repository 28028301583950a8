import type { RoomId } from '@parley/protocol'
import { type Client, newName, newRoomId, say, settled, world } from '../harness/world.ts'
import type { Kind, Scene } from './deeds.ts'
import type { Role, Standpoint } from './standpoints.ts'

/** One server, and somebody of every kind, for everything that is tried. Clients of older systems may come too. */
export const accessWorld = async () => {
  const all = await world({ PARLEY_COMPAT: 'on' })
  const { api, guest, account, connect, member, visitor } = all
  const root = await member('owner')
  const newBot = async (): Promise<Client> => {
    const { token } = root.person
    const { bot } = await api.call('POST /api/bots', { token, body: { name: newName('Bot'), runs: 'outside' } })
    const session = await api.call('POST /api/bots/{user}/tokens', { token, at: bot.id })
    return connect({ ...session, user: { ...bot, kind: 'bot', role: 'member' } })
  }
  const banned = await account()
  await api.call('PATCH /api/accounts/{user}', {
    token: root.person.token,
    at: banned.user.id,
    body: { banned: true },
  })
  const actors: Record<Role, Client> = {
    guest: await visitor(),
    member: await member(),
    bot: await newBot(),
    admin: await member('admin'),
    owner: await member('owner'),
  }
  return { ...all, root, newBot, banned, actors, insider: await guest(), outsider: await guest() }
}
export type AccessWorld = Awaited<ReturnType<typeof accessWorld>>

/** Makes rooms in which somebody stands so, with what can be tried on. `keeper` made them, and sees what happens. */
export const sceneMaker = async ({ actors, insider, outsider, newBot, member }: AccessWorld) => {
  const [keeper, machine] = [await member(), await newBot()]
  const invite = (room: string, user: string, role?: string) =>
    keeper.ask('room', { action: 'invite', room, user, ...(role && { role }) })

  const place = async (kind: Kind, who: Standpoint): Promise<RoomId> => {
    const actor = actors[who.role]
    if (kind === 'direct') {
      const others = [machine.me.id, insider.user.id, ...(who.inside ? [actor.me.id] : [])]
      return (await keeper.ask('room', { action: 'direct', with: others })).room.id
    }
    const room = newRoomId()
    await keeper.ask('room', { action: 'create', room, kind })
    for (const user of [machine.me.id, insider.user.id]) await invite(room, user)
    await invite(room, actor.me.id, who.named ? 'admin' : 'member')
    return room
  }
  const replyTo = async (room: string, prompt: string): Promise<string> => {
    const id = crypto.randomUUID()
    await machine.ask('message', { action: 'send', room, id, text: 'So far', replyTo: prompt, streaming: true })
    return id
  }
  const scene = async (kind: Kind, who: Standpoint): Promise<Scene> => {
    const actor = actors[who.role]
    const room = await place(kind, who)
    const theirs = (await say(keeper, room, 'theirs')).id
    const own = kind === 'direct' && !who.inside ? theirs : (await say(actor, room, 'own')).id
    const replies = { replyToThem: await replyTo(room, theirs), replyToOwn: await replyTo(room, own) }
    if (kind !== 'direct' && !who.inside) {
      await keeper.ask('room', { action: 'remove', room, user: actor.me.id })
    }
    await settled(actor, keeper)
    for (const client of [actor, keeper]) client.clear()
    return { place: room, theirs, own, ...replies, insider: insider.user.id, outsider: outsider.user.id }
  }
  return { keeper, scene }
}
