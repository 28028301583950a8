import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { oldSystem } from '../harness/compat.ts'
import { provider, providerKey } from '../harness/model.ts'
import { newId, newName, newRoomId, say, settled, world } from '../harness/world.ts'

/** Something in the network of the server that nobody from outside shall reach by it. */
const reached: string[] = []
const trap = createServer((request, response) => {
  reached.push(`${request.method} ${request.url} ${request.headers.authorization ?? ''}`)
  response.end('{"object":"chat.completion","choices":[{"message":{"role":"assistant","content":"inside"}}]}')
})
await new Promise<void>((resolve) => {
  trap.listen(0, '127.0.0.1', resolve)
})
afterAll(() => trap.close())
const inside = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`

const model = await provider()
const { api, deployment, member, visitor, room } = await world({ PARLEY_COMPAT: 'on', ...model.settings })
const [root, ada, eve] = [await member('owner'), await member(), await visitor()]
const { token } = root.person

/** What a bot of the server answers to a text, when it is done. */
const answered = async (place: string, text: string): Promise<string> => {
  const { id } = await say(ada, place, text)
  const { message } = await ada.heard(
    'message',
    (frame) => frame.message.replyTo === id && frame.message.ended !== undefined,
  )
  return message.text
}

describe('[X3][U8] the server asks nobody for others', () => {
  test('for what people write, are called, or put in a webhook', async () => {
    const place = await room('public', ada, eve)
    const texts = [
      inside,
      `![image](${inside}/a.png)`,
      `<img src="${inside}/b.png">`,
      `[link](${inside}/c) ${inside}/d`,
    ]
    for (const text of texts) await say(ada, place, text)
    await ada.ask('room', { action: 'set', room: place, topic: `${inside}/topic` })
    await api.raw('POST /api/guests', { body: { name: inside.slice(0, 40) } })
    const { secret } = await api.call('POST /api/hooks', { token, body: { room: place, name: newName('Hook') } })
    await api.call('POST /api/hooks/{secret}', { at: secret, body: { text: `${inside}/hook` } })
    const said = { room_id: place, text: `<img src="${inside}/old">`, user_id: 7, name: 'Eve' }
    await oldSystem(deployment, 'rooms').ask('PUT', '/chat', said)
    for (const field of ['url', 'callback', 'webhook', 'avatar']) {
      const body = { room: place, name: newName('Hook'), [field]: inside }
      expect((await api.refusal('POST /api/hooks', { token, body })).code).toBe('bad_request')
    }
    await settled(ada, eve)
    expect(reached).toEqual([])
  })

  test('for a model that somebody chooses by an address: there are only those that the owner has named', async () => {
    const place = await room('private', ada)
    for (const name of [inside, `${inside}/v1`, 'fake@evil', '../fake', 'gpt-4']) {
      const set = { action: 'set', room: place, bot: { model: name } }
      expect((await ada.refusal(set)).code).toBe('bad_request')
      const body = { name: newName('Bot'), runs: 'here', model: name }
      expect((await api.refusal('POST /api/bots', { token, body })).code).toBe('bad_request')
    }
    for (const field of ['url', 'baseUrl', 'key', 'headers']) {
      const set = { action: 'set', room: place, bot: { [field]: inside } }
      expect((await ada.refusal(set)).code).toBe('bad_request')
    }
    expect(reached).toEqual([])
  })

  test.each([301, 302, 303, 307, 308])(
    'for a provider that answers %i: it fails, and the key goes nowhere',
    async (status) => {
      const place = await room('private', ada)
      model.answer((response) => response.writeHead(status, { location: `${inside}/v1/chat/completions` }).end())
      const text = await answered(place, '@assistant hello')
      expect(text).not.toContain('inside')
      expect(text).not.toContain(inside)
      expect(text).not.toContain(providerKey)
      expect(reached).toEqual([])
    },
  )

  test('for what a prompt asks a model to fetch: what it says is text', async () => {
    const place = newRoomId()
    await ada.ask('room', { action: 'create', room: place, kind: 'private' })
    model.answer((response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' })
      const delta = {
        content: `![x](${inside}/x.png)`,
        tool_calls: [
          {
            index: 0,
            id: newId(),
            type: 'function',
            function: { name: 'fetch', arguments: JSON.stringify({ url: inside }) },
          },
        ],
      }
      response.write(`data: ${JSON.stringify({ choices: [{ index: 0, delta }] })}\n\n`)
      response.end('data: {"choices":[{"index":0,"delta":{},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n')
    })
    await answered(place, `@assistant fetch ${inside}/secret`)
    expect(reached).toEqual([])
  })
})
