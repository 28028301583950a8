import { expect, test } from 'vitest'
import { type OldClient, oldSystem } from '../harness/compat.ts'
import { provider } from '../harness/model.ts'
import { newName, say, settled, world } from '../harness/world.ts'

const model = await provider()
const { deployment, api, account, connect } = await world({ PARLEY_COMPAT: 'on', ...model.settings })
const boss = await account('admin')

/** Somebody of each kind in `general`. */
const zoe = await connect(await account('member'))
const [ana, bob] = [newName('Ana'), newName('Bob')]
const lambda = await oldSystem(deployment, 'lambdasharp').connect(`?username=${encodeURIComponent(bob)}`)
await lambda.heard()
const week = await oldSystem(deployment, 'cloud-week').connect('/')
week.send({ action: 'setName', name: ana })
for (const _ of ['members', 'entrar']) await week.heard()
const other = await oldSystem(deployment, 'cloud-week').connect()
const hearing = oldSystem(deployment, 'rooms')
const room = await hearing.connect('?user_id=test&room_id=general')
const broadcasting = oldSystem(deployment, 'broadcast')
const silent = await broadcasting.connect()

const inRoom = async (client: OldClient) => {
  const { message, name, room_id } = JSON.parse(await client.heard())
  expect(room_id).toBe('general')
  return [name, message]
}
const lambdaFrame = (from: string, text: string) => JSON.stringify({ action: 'message', from, text })
const weekFrame = (from: string, text: string) => JSON.stringify({ publicMessage: `${from} : ${text}` })

/** That all but the author's own client hear of it, each in its own way; the author's too where it is told. */
const allHear = async (from: string, text: string): Promise<void> => {
  expect(await lambda.heard()).toBe(lambdaFrame(from, text))
  expect(await week.heard()).toBe(weekFrame(from, text))
  expect(await inRoom(room)).toEqual([from, text])
}
const zoeHears = async (from: string, text: string): Promise<void> => {
  const { message } = await zoe.heard('message')
  expect(message).toMatchObject({ room: 'general', text, from: { name: from } })
}

test('what each says the others hear in their own way', async () => {
  await say(zoe, 'general', 'from Zoe')
  await allHear(zoe.me.name, 'from Zoe')
  lambda.send({ action: 'send', text: 'from Bob' })
  await allHear(bob, 'from Bob')
  await zoeHears(bob, 'from Bob')
  week.send({ action: 'sendPublic', message: 'from Ana' })
  await allHear(ana, 'from Ana')
  await zoeHears(ana, 'from Ana')
  const caio = newName('Caio')
  await hearing.ask('PUT', '/chat', { room_id: 'general', text: 'from Caio', user_id: 7, name: caio })
  await allHear(caio, 'from Caio')
  await zoeHears(caio, 'from Caio')
  silent.send({ action: 'sendMessage', Message: 'from a guest' })
  expect(await silent.heard()).toContain('Responding back')
  const { message } = await zoe.heard('message')
  await allHear(message.from.name, 'from a guest')
})

test('a private message reaches the right one only', async () => {
  const bia = newName('Bia')
  other.send({ action: 'setName', name: bia })
  for (const client of [week, other]) {
    expect(await client.heard()).toBe(JSON.stringify({ members: [ana, bia] }))
    expect(await client.heard()).toBe(JSON.stringify({ systemMessage: `${bia} acabou de entrar.` }))
  }
  week.send({ action: 'sendPrivate', message: 'for Bia', to: bia })
  expect(await other.heard()).toBe(JSON.stringify({ privateMessage: `${ana} : for Bia` }))
  week.send({ action: 'sendPrivate', message: 'for Bob', to: bob })
  week.send({ action: 'sendPublic', message: 'for all' })
  await allHear(ana, 'for all')
  expect(await other.heard()).toBe(weekFrame(ana, 'for all'))
  await zoeHears(ana, 'for all')
})

test('the model’s stream reaches the older clients as one finished message', async () => {
  const speaking = model.next()
  await say(zoe, 'general', '@assistant speak slowly')
  await allHear(zoe.me.name, '@assistant speak slowly')
  const speaker = await speaking
  speaker.say('Slow')
  await zoe.heard('delta')
  speaker.say(' answer')
  speaker.end()
  expect(await lambda.heard()).toBe(lambdaFrame('assistant', 'Slow answer'))
  expect(await week.heard()).toBe(weekFrame('Bot', 'Slow answer'))
  expect(await inRoom(room)).toEqual(['assistant', 'Slow answer'])
  await zoe.heard('message', ({ message }) => message.ended === 'done')
})

test('a broadcast reaches all, of whatever kind and from whichever side', async () => {
  await api.call('POST /api/broadcasts', { token: boss.token, body: { text: 'from the boss' } })
  expect((await zoe.heard('broadcast')).text).toBe('from the boss')
  await broadcasting.ask('POST', '/broadcastmessage', { Message: 'from the page' })
  expect((await zoe.heard('broadcast')).text).toBe('from the page')
  for (const text of ['from the boss', 'from the page']) {
    expect(await silent.heard()).toBe(JSON.stringify(text))
    expect(await lambda.heard()).toBe(lambdaFrame('#host', text))
    expect(await week.heard()).toBe(JSON.stringify({ systemMessage: text }))
    expect((await inRoom(room))[1]).toBe(text)
  }
})

test('nobody is told more: not of edits, reactions, typing, or of who else comes and goes', async () => {
  const { id } = await say(zoe, 'general', 'to be changed')
  await allHear(zoe.me.name, 'to be changed')
  await zoe.ask('message', { action: 'edit', room: 'general', id, text: 'changed' })
  await zoe.ask('message', { action: 'react', room: 'general', id, emoji: '👍', on: true })
  await zoe.ask('ok', { action: 'typing', room: 'general' })
  const guest = await connect(await account('member'))
  await guest.close()
  await zoe.ask('message', { action: 'delete', room: 'general', id })
  await settled(zoe)
  await allHear(zoe.me.name, 'settled?')
  for (const client of [lambda, week, room, silent]) expect(client.waiting()).toEqual([])
})
