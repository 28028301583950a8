import { writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openAiStall } from '@parley/bot/testing'
import { describe, expect, test } from 'vitest'
import { provider } from '../harness/model.ts'
import { type Client, newId, newName, nodeWorld, say } from '../harness/world.ts'

/** Times as fast as the real clock. */
const speed = 10
const second = 1_000 / speed

describe('a program that says a reply', async () => {
  const { api, account, connect, member, room } = await nodeWorld({}, { clock: speed })
  const { token } = await account('admin')
  const ada = await member()
  const program = async (): Promise<Client> => {
    const { bot } = await api.call('POST /api/bots', { token, body: { name: newName('Bot'), runs: 'outside' } })
    const session = await api.call('POST /api/bots/{user}/tokens', { token, at: bot.id })
    return connect({ ...session, user: { ...bot, kind: 'bot', role: 'member' } })
  }

  test('[T8] and then gives no sign is ended as interrupted within a minute; one that gives signs is not', async () => {
    const [silent, slow] = [await program(), await program()]
    const place = await room('private', ada, silent, slow)
    const begin = async (by: Client) =>
      (await by.ask('message', { action: 'send', room: place, id: newId(), text: 'Well', streaming: true })).message
    const [left, kept] = [await begin(silent), await begin(slow)]
    const began = performance.now()
    const sign = () => slow.ask('ok', { action: 'delta', room: place, id: kept.id, at: 4, text: '' })
    const signs = setInterval(() => void sign(), 5 * second)
    const { message } = await ada.heard('message', (frame) => frame.message.ended !== undefined, 60 * second)
    const passed = performance.now() - began
    clearInterval(signs)
    expect(message).toMatchObject({ id: left.id, text: 'Well', ended: 'interrupted', rev: kept.rev + 1 })
    expect(passed).toBeGreaterThan(20 * second)
    expect(ada.waiting('delta')).toEqual([])
    const piece = { action: 'delta', room: place, at: 4, text: ', then' }
    expect(await silent.refusal({ ...piece, id: left.id })).toMatchObject({ code: 'conflict' })
    await slow.ask('ok', { ...piece, id: kept.id })
    await slow.ask('message', { action: 'finish', room: place, id: kept.id, ended: 'done' })
  })
})

describe('a model that goes silent', async () => {
  const model = await provider()
  const entry = { name: 'fake', provider: 'openai-compatible', model: 'fake', url: model.settings.PARLEY_MODEL_URL }
  const file = join(tmpdir(), `parley-models-${process.pid}.json`)
  await writeFile(file, JSON.stringify({ models: [{ ...entry, stallSeconds: 5 }] }))
  const { member, room } = await nodeWorld({ PARLEY_MODELS: file }, { clock: speed })
  const ada = await member()

  test('[U8] is given up, and its connection closed', async () => {
    const place = await room('private', ada)
    const closed = Promise.withResolvers<void>()
    model.answer((response, asked) => {
      response.on('close', () => closed.resolve())
      openAiStall(['Well'])(response, asked)
    })
    await say(ada, place, '@assistant hello?')
    const { message } = await ada.heard('message', (frame) => frame.message.ended !== undefined)
    expect(message).toMatchObject({
      text: 'Well\n\nThe model said nothing for 5 seconds. Try again.',
      ended: 'failed',
    })
    await closed.promise
  })
})
