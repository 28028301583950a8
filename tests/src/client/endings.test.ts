import { signIn } from '@parley/client'
import { expect, test } from 'vitest'
import { libraryClient } from '../harness/library.ts'
import { nodeWorld } from '../harness/world.ts'

const world = await nodeWorld()
const { deployment, account, api } = world
const admin = await account('admin')

const setUp = async () => {
  const person = await account()
  return { person, ...libraryClient(deployment.url, person) }
}
const ban = (user: string) =>
  api.call('PATCH /api/accounts/{user}', { token: admin.token, at: user, body: { banned: true } })

test('who is signed out elsewhere is told so, and what is asked then is refused', async () => {
  const { client, person, until } = await setUp()
  await client.start()
  await api.raw('POST /api/logout', { token: person.token })
  await until('ended', ({ connection }) => connection.status === 'ended')
  expect(client.state.connection).toMatchObject({ reason: { code: 'signed_out', retry: null } })
  await expect(client.rename('X')).rejects.toMatchObject({ code: 'signed_out' })
  await expect(client.start()).rejects.toMatchObject({ code: 'signed_out' })
  await expect(client.start(await world.login(person.user.name, person.password))).resolves.toEqual(person.user)
})

test('who is banned is told so at once, and cannot come back', async () => {
  const { client, person, until } = await setUp()
  await client.start()
  await ban(person.user.id)
  await until('ended', ({ connection }) => connection.status === 'ended')
  expect(client.state.connection).toMatchObject({ reason: { code: 'banned', retry: null } })
  await expect(client.start()).rejects.toMatchObject({ code: 'signed_out' })
  const again = signIn(deployment.url, { username: person.user.name, password: person.password })
  await expect(again).rejects.toMatchObject({ code: 'forbidden', retry: null })
})

test('who is signed out while the connection is lost is told so after it', async () => {
  const { client, person, network, until } = await setUp()
  const { port } = new URL(deployment.url)
  await client.start()
  const { stored } = client.send('general', 'before')
  await stored
  await deployment.kill()
  network.isDown = true
  await deployment.restart({ PORT: port })
  await until('lost', ({ connection }) => connection.status === 'waiting')
  expect(client.state.connection).toMatchObject({ reason: { code: 'network', retry: expect.any(Number) } })
  const kept = client.send('general', 'written meanwhile')
  await world.api.raw('POST /api/logout', { token: person.token })
  network.isDown = false
  client.wake()
  await until('ended', ({ connection }) => connection.status === 'ended')
  expect(client.state.connection).toMatchObject({ reason: { code: 'signed_out', retry: null } })

  await client.start(await world.login(person.user.name, person.password))
  await expect(kept.stored).resolves.toMatchObject({ text: 'written meanwhile' })
})

test('the wrong token is refused at the first start, and a server that is not there is waited for', async () => {
  const { person } = await setUp()
  const wrong = libraryClient(deployment.url, { ...person, token: `${person.token}x` })
  await expect(wrong.client.start()).rejects.toMatchObject({ code: 'signed_out' })

  const { port } = new URL(deployment.url)
  await deployment.kill()
  const early = libraryClient(`http://127.0.0.1:${port}`, person)
  const started = early.client.start()
  await early.until('waiting', ({ connection }) => connection.status === 'waiting')
  await deployment.restart({ PORT: port })
  await expect(started).resolves.toEqual(person.user)
})
