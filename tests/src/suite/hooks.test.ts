import { describe, expect, test } from 'vitest'
import { newId, newName, settled, world } from '../harness/world.ts'

const { api, account, connect, visitor, member, room } = await world()
const root = await connect(await account('admin'))
const [ada, bo] = [await member(), await visitor()]
const { token } = root.person

const make = async (place: string, name = newName('Builds')) => {
  const { hook, secret } = await api.call('POST /api/hooks', { token, body: { room: place, name } })
  return { hook, secret, say: (text: string) => api.call('POST /api/hooks/{secret}', { at: secret, body: { text } }) }
}
const refused = async (secret: string, body: unknown = { text: 'hi' }): Promise<string> =>
  (await api.refusal('POST /api/hooks/{secret}', { at: secret, body })).code

describe('webhooks', () => {
  test('[H35] let a program say something in one room, under a name of its own', async () => {
    const place = await room('public', ada, bo)
    const { hook, say } = await make(place)
    expect(hook).toMatchObject({ room: place })
    const { message } = await say('The build is **green**.')
    expect(message).toMatchObject({
      room: place,
      text: 'The build is **green**.',
      from: { id: hook.id, name: hook.name, kind: 'bot' },
    })
    for (const client of [ada, bo]) {
      expect((await client.heard('message', (frame) => frame.message.id === message.id)).message).toEqual(message)
    }
    const { messages } = await bo.ask('page', { action: 'history', room: place })
    expect(messages).toEqual([message])
    await ada.ask('message', { action: 'react', room: place, id: message.id, emoji: '👍', on: true })
  })

  test('[H35] are listed without their secrets, and worth nothing when they were taken away', async () => {
    const place = await room('public', ada)
    const { hook, secret, say } = await make(place)
    const listed = await api.raw('GET /api/hooks', { token })
    expect(JSON.parse(listed.text).hooks).toContainEqual(hook)
    expect(listed.text).not.toContain(secret)
    const accounts = await api.raw('GET /api/accounts', { token })
    expect(accounts.text).not.toContain(secret)
    const { message } = await say('once')
    await api.call('DELETE /api/hooks/{user}', { token, at: hook.id })
    expect(await refused(secret)).toBe('not_found')
    expect((await api.call('GET /api/hooks', { token })).hooks).not.toContainEqual(hook)
    const { messages } = await ada.ask('page', { action: 'history', room: place })
    expect(messages).toEqual([message])
    expect((await api.refusal('DELETE /api/hooks/{user}', { token, at: hook.id })).code).toBe('not_found')
  })

  test('[H35] are found by their whole secret alone', async () => {
    const { hook, secret } = await make(await room('public', ada))
    for (const wrong of ['nothing', hook.id, `${hook.id}.`, secret.slice(0, -1), `${secret}x`, `${newId()}.x`]) {
      expect(await refused(wrong)).toBe('not_found')
    }
  })

  test('[H35] say what anybody might say, and nothing else', async () => {
    const place = await room('public', ada)
    const { secret } = await make(place)
    for (const body of [{}, { text: '' }, { text: ' \n' }, { text: 7 }, { text: 'hi', room: 'general' }, []]) {
      expect(await refused(secret, body)).toBe('bad_request')
    }
    expect(await refused(secret, { text: 'x'.repeat(10_001) })).toBe('too_large')
    expect((await ada.ask('page', { action: 'history', room: place })).messages).toEqual([])
  })

  test('[H35] are made by admins, in rooms that there are, under names that nobody has', async () => {
    const place = await room('public', ada)
    const body = { room: place, name: newName('Hook') }
    for (const client of [ada, bo]) {
      const by = { token: client.person.token }
      expect((await api.refusal('POST /api/hooks', { ...by, body })).code).toBe('forbidden')
      expect((await api.refusal('GET /api/hooks', by)).code).toBe('forbidden')
    }
    const hidden = await room('private', ada)
    const refusals = [
      [{ ...body, room: 'no-such-room' }, 'not_found'],
      [{ ...body, room: hidden }, 'not_found'],
      [{ ...body, name: ada.me.name }, 'conflict'],
      [{ ...body, name: '#hook' }, 'bad_request'],
    ] as const
    for (const [wrong, code] of refusals) {
      expect((await api.refusal('POST /api/hooks', { token, body: wrong })).code).toBe(code)
    }
    expect((await api.refusal('DELETE /api/hooks/{user}', { token, at: ada.me.id })).code).toBe('not_found')
  })

  test('[H35][U4] ask no bot', async () => {
    const place = await room('public', ada)
    const { say } = await make(place)
    await say('@assistant hello')
    await ada.ask('message', { action: 'send', room: place, id: newId(), text: '@assistant /demo' })
    const { message } = await ada.heard(
      'message',
      (frame) => frame.message.from.kind === 'bot' && !!frame.message.replyTo,
    )
    await settled(ada)
    const { messages } = await ada.ask('page', { action: 'history', room: place })
    expect(messages).toHaveLength(3)
    await ada.ask('ok', { action: 'stop', room: place, id: message.id })
  })
})
