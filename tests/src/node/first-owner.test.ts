import { expect, test } from 'vitest'
import { newName, nodeWorld } from '../harness/world.ts'

const world = await nodeWorld()
const { api, deployment, login, connect } = world

const printed = (): readonly string[] =>
  [...deployment.process.output().err.matchAll(/^Make the first owner: (\S+)$/gm)].map(([, link = '']) => link)
const secretOf = (link: string | undefined): string => new URL(link ?? '').hash.slice(1)
const claim = (secret: string, name: string, password = 'a good password') => ({ body: { secret, name, password } })

test('[H30] a server without an owner prints a link that makes one, once', async () => {
  const [link, ...others] = printed()
  expect(others).toEqual([])
  expect(link).toMatch(new RegExp(`^${deployment.url}/`))
  const secret = secretOf(link)
  const name = newName('Owner')
  for (const wrong of ['nothing', `${secret}x`]) {
    expect((await api.refusal('POST /api/first-owner', claim(wrong, name))).code).toBe('unauthorized')
  }
  for (const [of, password] of [
    ['#owner', 'a good password'],
    [name, 'short'],
  ] as const) {
    expect((await api.refusal('POST /api/first-owner', claim(secret, of, password))).code).toBe('bad_request')
  }
  const owner = await api.call('POST /api/first-owner', claim(secret, name))
  expect(owner.user).toMatchObject({ name, kind: 'person', role: 'owner' })
  const client = await connect(owner)
  expect(client.me).toEqual(owner.user)
  await api.call('GET /api/accounts', { token: owner.token })
  expect((await login(name, 'a good password')).user).toEqual(owner.user)

  for (const again of [name, newName('Another')]) {
    expect((await api.refusal('POST /api/first-owner', claim(secret, again))).code).toBe('unauthorized')
  }
  expect((await api.refusal('GET /api/me', { token: secret })).code).toBe('unauthorized')
  await deployment.stop()
  await deployment.restart()
  expect(printed()).toEqual([])
  expect((await world.api.refusal('POST /api/first-owner', claim(secret, newName('Late')))).code).toBe('unauthorized')
})
