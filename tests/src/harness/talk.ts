import { newId, say, type World } from './world.ts'

/** Lets people do some of everything that a chat keeps, so that there is something of every kind in it. */
export const talkOfAll = async (world: World): Promise<void> => {
  const ana = await world.member('admin')
  const bia = await world.visitor()
  const room = await world.room('private', ana, await world.member())
  const first = await say(ana, 'general', 'Ein Anfang, 첫 번째 👋\nin two lines')
  const second = await say(bia, 'general', 'second')
  await say(ana, room, 'in private')
  await ana.ask('message', { action: 'edit', room: 'general', id: first.id, text: 'Edited' })
  await ana.ask('message', { action: 'react', room: 'general', id: second.id, emoji: '🎉', on: true })
  await ana.ask('message', { action: 'edit', room: 'general', id: first.id, text: 'Edited again' })
  await ana.ask('message', { action: 'send', room: 'general', id: newId(), text: 'an answer', replyTo: first.id })
  await bia.ask('message', { action: 'delete', room: 'general', id: second.id })
  await bia.ask('room', { action: 'direct', with: [ana.me.id] })
  await bia.ask('ok', { action: 'read', room: 'general', seq: 3 })
  await ana.ask('ok', { action: 'broadcast', text: 'To all of you' })
}
