import { expect, test } from 'vitest'
import { gateway, type OldClient, oldSystem } from '../harness/compat.ts'
import { newName, world } from '../harness/world.ts'

const { deployment } = await world({ PARLEY_COMPAT: 'on' })
const system = oldSystem(deployment, 'lambdasharp')
const message = (from: string, text: string) => `{"action":"message","from":"${from}","text":"${text}"}`

test('its configuration says where its sockets are, and one opens there', async () => {
  const answer = await system.ask('GET', '/config.json')
  expect(answer.status).toBe(200)
  expect(answer.headers['access-control-allow-origin']).toBe('*')
  expect(JSON.parse(answer.text)).toEqual({ server: `${deployment.url.replace(/^http/, 'ws')}/compat/lambdasharp` })
})

test('people join, speak and leave, and each is told; a newcomer too', async () => {
  const [bob, eve] = [newName('Bob'), newName('Eve')]
  const first = await system.connect(`?username=${encodeURIComponent(bob)}`)
  expect(await first.heard()).toBe(message('#host', `${bob} joined`))
  const second = await system.connect(`?username=${encodeURIComponent(eve)}`)
  expect(await second.heard()).toBe(message('#host', `${eve} joined`))
  expect(await first.heard()).toBe(message('#host', `${eve} joined`))
  first.send({ action: 'send', text: 'hello' })
  expect(await first.heard()).toBe(message(bob, 'hello'))
  expect(await second.heard()).toBe(message(bob, 'hello'))
  await first.close()
  expect(await second.heard()).toBe(message('#host', `${bob} left`))
  await second.close()
})

test('who has no name gets one; who vanishes has left', async () => {
  const first = await system.connect()
  const joined = /^\{"action":"message","from":"#host","text":"(Anonymous-[A-Z0-9]{6}) joined"\}$/.exec(
    await first.heard(),
  )
  expect(joined).not.toBeNull()
  const second = await system.connect('?username=')
  expect(await second.heard()).toMatch(/Anonymous-[A-Z0-9]{6} joined/)
  await first.heard()
  first.vanish()
  expect(await second.heard()).toBe(message('#host', `${joined?.[1]} left`))
})

/** What somebody hears next besides that others have left: of those of tests before one may be told late. */
const heardBy = async (client: OldClient): Promise<string> => {
  const frame = await client.heard()
  return frame.endsWith(' left"}') ? heardBy(client) : frame
}

test('what the schema refuses is answered by the gateway, and the connection stays open', async () => {
  const name = newName('Bob')
  const bob = await system.connect(`?username=${encodeURIComponent(name)}`)
  await heardBy(bob)
  for (const frame of [{ action: 'send' }, { action: 'send', text: 7 }, { action: 'send', text: 'x'.repeat(10_001) }]) {
    bob.send(frame)
    expect(await heardBy(bob)).toBe(gateway('Invalid request body'))
  }
  for (const frame of [{ action: 'shout', text: 'hello' }, {}, 'no JSON', [], 7]) {
    bob.send(frame)
    expect(await heardBy(bob)).toBe(gateway('Forbidden'))
  }
  bob.send({ action: 'send', text: 'still here' })
  expect(await heardBy(bob)).toBe(message(name, 'still here'))
})
