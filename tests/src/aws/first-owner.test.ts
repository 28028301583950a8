import { expect, test } from 'vitest'
import { awsWorld, newName } from '../harness/world.ts'

const { api, deployment, connect } = await awsWorld({ PARLEY_GUESTS: 'off' })

test('[H30] who owns the account asks a function for the secret that makes the first owner, once', async () => {
  const offer = () => deployment.administer({ action: 'offer-ownership' })
  const { secret } = (await offer()) as { readonly secret: string }
  const claim = (name: string) => ({ body: { secret, name, password: 'a good password' } })
  const name = newName('Owner')
  const owner = await api.call('POST /api/first-owner', claim(name))
  expect(owner.user).toMatchObject({ name, kind: 'person', role: 'owner' })
  expect((await connect(owner)).me).toEqual(owner.user)
  await api.call('GET /api/accounts', { token: owner.token })
  expect((await api.refusal('POST /api/first-owner', claim(newName('Another')))).code).toBe('unauthorized')
  expect(await offer()).toMatchObject({ refused: 'conflict' })
})

test('the same way makes accounts and gives new passwords, where nobody can come in any more', async () => {
  const name = newName('Lost')
  await deployment.addAccount(name, 'owner', 'a first password')
  const login = (password: string) => ({ body: { username: name, password } })
  const { token } = await api.call('POST /api/login', login('a first password'))
  await deployment.administer({ action: 'change-account', user: { name }, password: 'another password' })
  expect((await api.refusal('GET /api/me', { token })).code).toBe('unauthorized')
  expect((await api.call('POST /api/login', login('another password'))).user).toMatchObject({ name, role: 'owner' })
})
