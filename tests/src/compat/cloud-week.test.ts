import { expect, test } from 'vitest'
import { type OldClient, oldSystem } from '../harness/compat.ts'
import { provider } from '../harness/model.ts'
import { newName, world } from '../harness/world.ts'

const model = await provider()
const { deployment, member } = await world({ PARLEY_COMPAT: 'on', ...model.settings })
const system = oldSystem(deployment, 'cloud-week')

/** Who is there throughout, so that a test can wait until whoever it had is seen to have gone. */
const mara = await system.connect()

const members = (...names: string[]) => JSON.stringify({ members: ['Mara', ...names] })
const told = (text: string) => JSON.stringify({ systemMessage: text })
const said = (name: string, text: string) => JSON.stringify({ publicMessage: `${name} : ${text}` })

const only = async (client: OldClient, frame: string): Promise<void> => expect(await client.heard()).toBe(frame)

/** That these have heard this next, and so has Mara. */
const all = async (clients: readonly OldClient[], ...frames: string[]): Promise<void> => {
  for (const client of [...clients, mara]) for (const frame of frames) await only(client, frame)
}

/** Closes a connection, and waits until those who are left have heard of it. */
const leave = async (
  client: OldClient,
  name: string,
  left: Readonly<Record<string, OldClient>> = {},
): Promise<void> => {
  await client.close()
  await all(Object.values(left), told(`${name} acabou de sair.`), members(...Object.keys(left)))
}

mara.send({ action: 'setName', name: 'Mara' })
await all([], members(), told('Mara acabou de entrar.'))

test('the whole story: names, public, private, bot, another name, leaving', async () => {
  const [ana, bia] = [await system.connect('/'), await system.connect()]
  const silent = await system.connect()
  ana.send({ action: 'setName', name: 'Ana' })
  await all([ana], members('Ana'), told('Ana acabou de entrar.'))
  bia.send({ action: 'setName', name: 'Bia' })
  await all([ana, bia], members('Ana', 'Bia'), told('Bia acabou de entrar.'))

  ana.send({ action: 'sendPublic', message: 'bom dia' })
  await all([ana, bia], said('Ana', 'bom dia'))
  ana.send({ action: 'sendPrivate', message: 'psst', to: 'Bia' })
  await only(bia, JSON.stringify({ privateMessage: 'Ana : psst' }))

  bia.send({ action: 'sendBot', message: 'how are you?' })
  await all([ana, bia], said('Bia', 'how are you?'), said('Bot', 'Hello there.'))
  const asked = JSON.stringify(model.asked.at(-1)?.body)
  expect(asked).toContain('how are you?')
  expect(asked).not.toContain('psst')

  ana.send({ action: 'setName', name: 'Anita' })
  await all([ana, bia], members('Anita', 'Bia'), told('Anita acabou de entrar.'))
  await leave(bia, 'Bia', { Anita: ana })
  expect(silent.waiting()).toEqual([])
  await leave(ana, 'Anita')
})

test('what it does not understand is passed over in silence', async () => {
  const ana = await system.connect()
  for (const frame of [
    { action: 'sendPublic', message: 'without a name' },
    { action: 'setName' },
    { action: 'dance' },
  ]) {
    ana.send(frame)
  }
  for (const frame of ['no JSON', '', null, [], { action: 'setName', name: 7 }, { action: 'setName', name: '#' }]) {
    ana.send(frame)
  }
  ana.send({ action: 'setName', name: 'Ana' })
  await all([ana], members('Ana'), told('Ana acabou de entrar.'))
  for (const frame of [
    { action: 'sendPublic' },
    { action: 'sendPublic', message: 7 },
    { action: 'sendPublic', message: 'x'.repeat(10_001) },
    { action: 'sendPrivate', message: 'hi' },
    { action: 'sendPrivate', message: 'hi', to: 'Nobody' },
    { action: 'sendBot', message: ' ' },
  ]) {
    ana.send(frame)
  }
  ana.send({ action: 'sendPublic', message: 'still here' })
  await all([ana], said('Ana', 'still here'))
  await leave(ana, 'Ana')
})

test('a private message reaches the first of its name only, and is nowhere afterwards', async () => {
  const [one, two, bia] = [await system.connect(), await system.connect(), await system.connect()]
  one.send({ action: 'setName', name: 'Ana' })
  await all([one], members('Ana'), told('Ana acabou de entrar.'))
  two.send({ action: 'setName', name: 'Ana' })
  await all([one, two], members('Ana', 'Ana'), told('Ana acabou de entrar.'))
  bia.send({ action: 'setName', name: 'Bia' })
  await all([one, two, bia], members('Ana', 'Ana', 'Bia'), told('Bia acabou de entrar.'))
  bia.send({ action: 'sendPrivate', message: 'a secret', to: 'Ana' })
  await only(one, JSON.stringify({ privateMessage: 'Bia : a secret' }))
  bia.send({ action: 'sendPublic', message: 'no secret' })
  await all([one, two, bia], said('Bia', 'no secret'))
  const page = await (await member()).ask('page', { action: 'history', room: 'general', limit: 200 })
  expect(JSON.stringify(page)).not.toContain('a secret')
  await leave(one, 'Ana', { Ana: two, Bia: bia })
  await leave(two, 'Ana', { Bia: bia })
  await leave(bia, 'Bia')
})

test('who has the name of an account, or the bot’s, is marked as a guest', async () => {
  const zoe = await member()
  const { name } = zoe.me
  const other = await system.connect()
  other.send({ action: 'setName', name })
  await all([other], members(`${name} (guest)`), told(`${name} (guest) acabou de entrar.`))
  other.send({ action: 'setName', name: 'bot' })
  await all([other], members('bot (guest)'), told('bot (guest) acabou de entrar.'))
  const long = newName('x'.repeat(50))
  other.send({ action: 'setName', name: long })
  await all([other], members(long.slice(0, 40)), told(`${long.slice(0, 40)} acabou de entrar.`))
  await leave(other, long.slice(0, 40))
})
