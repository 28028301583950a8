import { openAiError } from '@parley/bot/testing'
import { expect, test } from 'vitest'
import { oldSystem, preflight, refusedWith } from '../harness/compat.ts'
import { behindGateway } from '../harness/gateway.ts'
import { provider } from '../harness/model.ts'
import { world } from '../harness/world.ts'

const model = await provider()
const { deployment, api, account, connect } = await world({ PARLEY_COMPAT: 'on', ...model.settings })
const system = oldSystem(deployment, 'prompt')
const eve = await account('member')

const login = async (username: unknown, password: unknown) => {
  const answer = await system.ask('POST', '/login', { username, password }, { 'access-control-allow-origin': '*' })
  expect(answer.status).toBe(200)
  expect(answer.headers['access-control-allow-origin']).toBe('*')
  return JSON.parse(answer.text) as { isAuthorized: boolean; body: { message: string; token: string } }
}
const { body: signedIn } = await login(eve.user.name, eve.password)
const query = (token: string) => `?token=Bearer%20${token}`
const params = {
  frequency_penalty: 0.5,
  max_tokens: 2000,
  presence_penalty: 0.1,
  temperature: 0,
  top_p: 1,
  model_name: 'text-davinci-003',
}
const prompt = (payload: object) => ({ action: 'sendprompt', payload })

test('signing in with right, wrong and unknown credentials', async () => {
  expect(await login(eve.user.name, eve.password)).toEqual({
    isAuthorized: true,
    body: { message: 'success', token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) },
  })
  const wrong = (message: string) => ({ isAuthorized: false, body: { message, token: '' } })
  expect(await login(eve.user.name, 'something else')).toEqual(wrong('Invalid credential'))
  expect(await login('nobody has this name', 'something else')).toEqual(wrong('User not found'))
  expect(await login(undefined, 7)).toEqual(wrong('User not found'))
  const claims = JSON.parse(Buffer.from(signedIn.token.split('.')[1] ?? '', 'base64url').toString())
  expect(claims).toMatchObject({ username: eve.user.name, exp: claims.iat + 86_400 })
})

test('the preflight of its sign-in, which sends a header that only answers have', async () => {
  const may = await preflight(system, 'POST', '/login', 'access-control-allow-origin,content-type')
  expect(may).toMatchObject({ isFine: true, origin: '*' })
  expect(may.headers).toEqual(expect.arrayContaining(['content-type', 'access-control-allow-origin']))
})

test('its token opens its socket and nothing else; nothing else opens its socket', async () => {
  expect((await api.raw('GET /api/rooms', { token: signedIn.token })).status).toBe(401)
  const forged = `${signedIn.token.slice(0, -4)}AAAA`
  for (const bad of ['', '?token=', query('x'), query(forged), query(eve.token), `?token=${signedIn.token}`]) {
    expect(await refusedWith(system.connect(bad)), bad).toBe(400)
  }
})

test('a prompt is answered once, to who asked, with all its parameters', async () => {
  const asking = await system.connect(query(signedIn.token))
  const other = await system.connect(query(signedIn.token))
  const page = await connect(eve)
  asking.send(prompt({ msgid: 'id-1', prompt: 'first answered before \nand now?', params }))
  expect(await asking.heard()).toBe('{"msgid":"id-1","text":"Hello there."}')
  expect(model.asked.at(-1)?.body).toMatchObject({
    model: 'fake',
    temperature: 0,
    top_p: 1,
    max_tokens: 2000,
    frequency_penalty: 0.5,
    presence_penalty: 0.1,
  })
  const asked = (await page.heard('message', ({ message }) => message.from.id === eve.user.id)).message
  expect(asked.text).toBe('and now?')
  asking.send(prompt({ msgid: 'id-2', messages: [{ role: 'user', content: 'in the later form' }], params }))
  expect(await asking.heard()).toBe('{"msgid":"id-2","text":{"role":"assistant","content":"Hello there."}}')
  expect(other.waiting()).toEqual([])
  expect(asking.waiting()).toEqual([])
})

test('parameters of wrong types are left out, those beyond are clamped', async () => {
  const asking = await system.connect(query(signedIn.token))
  const wild = { temperature: 99, top_p: 'all', max_tokens: -5, frequency_penalty: -99, n: 50, model_name: 7 }
  asking.send(prompt({ msgid: 'id-3', prompt: 'wild', params: wild }))
  await asking.heard()
  const { body } = model.asked.at(-1) ?? {}
  expect(body).toMatchObject({ temperature: 2, max_tokens: 1, frequency_penalty: -2 })
  for (const name of ['top_p', 'presence_penalty', 'n']) expect(body).not.toHaveProperty(name)
})

test('a model that fails is told in words', async () => {
  const asking = await system.connect(query(signedIn.token))
  model.answer(openAiError(401, 'invalid_api_key'))
  asking.send(prompt({ msgid: 'id-4', prompt: 'will fail', params }))
  const { msgid, text } = JSON.parse(await asking.heard())
  expect(msgid).toBe('id-4')
  expect(text).toMatch(/\w+ \w+/)
  expect(text).not.toContain('sk-')
  asking.send(prompt({ msgid: 'id-5', prompt: 'x'.repeat(10_001) }))
  expect(JSON.parse(await asking.heard())).toEqual({ msgid: 'id-5', text: expect.stringContaining('10,000') })
})

test('another password ends what was signed in before, without a word', async () => {
  const one = await account('member')
  const { body } = await login(one.user.name, one.password)
  const asking = await system.connect(query(body.token))
  const change = { current: one.password, password: 'another password' }
  await api.call('POST /api/password', { token: one.token, body: change })
  expect((await asking.closed).code).toBe(behindGateway() ? 1000 : 4401)
  expect(asking.waiting()).toEqual([])
  expect(await refusedWith(system.connect(query(body.token)))).toBe(400)
})

test('nothing else is ever sent to it, whatever it sends and whatever happens', async () => {
  const asking = await system.connect(query(signedIn.token))
  for (const frame of [
    'no JSON',
    '',
    [],
    null,
    {},
    { action: 'ping' },
    { action: 'hello', v: 1 },
    prompt({ msgid: 'id-6' }),
  ]) {
    asking.send(frame)
  }
  asking.send(prompt({ msgid: 'id-7', prompt: '' }))
  asking.send(prompt({ prompt: 'without an id' }))
  const boss = await account('admin')
  await api.call('POST /api/broadcasts', { token: boss.token, body: { text: 'to all' } })
  const page = await connect(boss)
  await page.ask('room', { action: 'direct', with: [eve.user.id] })
  model.answer((response) => response.destroy())
  asking.send(prompt({ msgid: 'id-8', prompt: 'the last' }))
  expect(JSON.parse(await asking.heard())).toMatchObject({ msgid: 'id-8', text: expect.any(String) })
  asking.send('x'.repeat(33 * 1024))
  expect((await asking.closed).code).toBe(1009)
  expect(asking.waiting()).toEqual([])
})
