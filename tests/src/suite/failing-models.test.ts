import { openAiChunk, openAiCut, openAiError, openAiFlood } from '@parley/bot/testing'
import { limits } from '@parley/protocol'
import { expect, test } from 'vitest'
import { type Provider, provider, providerKey } from '../harness/model.ts'
import { say, world } from '../harness/world.ts'

const model = await provider()
const { member, room } = await world(model.settings)
const ada = await member()

type Answer = Parameters<Provider['answer']>[0]
const badJson: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.end('data: {"choices":[{"delta":{"content":"Hel\n\n')
}
const errorInTheStream: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'text/event-stream' })
  response.write(openAiChunk({ choices: [{ index: 0, delta: { content: 'Well' }, finish_reason: null }] }))
  response.end('data: {"error":{"message":"The server had an error","type":"server_error","code":null}}\n\n')
}
const aPage: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Welcome to nginx</html>')
}
const elsewhere: Answer = (response) => {
  response.writeHead(302, { location: 'http://127.0.0.1:1/v1/chat/completions' }).end()
}

const failures: readonly (readonly [string, Answer, RegExp])[] = [
  ['401', openAiError(401, 'invalid_api_key'), /^The model does not accept this server's key\./],
  ['429 with Retry-After', openAiError(429, 'rate_limit_exceeded', { 'retry-after': '7' }), /wait 7 seconds\./],
  ['no credit', openAiError(429, 'insufficient_quota'), /no credit left\./],
  ['404', openAiError(404, 'model_not_found'), /does not know this model\./],
  ['500', openAiError(500, null), /^The model cannot be reached right now\. Try again in a moment\.$/],
  ['a stream that breaks off', openAiCut(['Well']), /^Well\n\nThe model's reply broke off\. Try again\.$/],
  ['an error in the stream', errorInTheStream, /^Well\n\nThe model cannot be reached right now\./],
  ['bad JSON', badJson, /^The model's (?:answer could not be read|reply broke off)\. Try again\.$/],
  ['a page', aPage, /does not answer like a model\./],
  ['a redirect', elsewhere, /points elsewhere, which is not followed\./],
]

test.each(failures)('[U8] %s leaves a line that can be read, and can be asked again', async (_what, answer, line) => {
  const place = await room('private', ada)
  model.answer(answer)
  await say(ada, place, '@assistant hello?')
  const { message } = await ada.heard('message', (frame) => frame.message.ended !== undefined)
  expect(message).toMatchObject({ room: place, ended: 'failed', text: expect.stringMatching(line) })
  expect(message.text).not.toMatch(new RegExp(`${providerKey}|127\\.0\\.0\\.1|https?:|\\bat |Error|\\.ts`))

  const speaking = model.next()
  await ada.ask('ok', { action: 'retry', room: place, id: message.id })
  const { asked, say: speak, end } = await speaking
  expect(JSON.stringify(asked.body)).not.toContain(message.text)
  speak('Hello!')
  end()
  const { message: second } = await ada.heard('message', (frame) => frame.message.ended === 'done')
  expect(second).toMatchObject({ id: message.id, text: 'Hello!', variants: { index: 1, count: 2 } })
})

test('[U8][T6] one that never ends is ended at the longest that a bot may say, and its connection closed', async () => {
  const place = await room('private', ada)
  const closed = Promise.withResolvers<void>()
  model.answer((response, asked) => {
    response.on('close', () => closed.resolve())
    openAiFlood('words and words and words 👍 ')(response, asked)
  })
  await say(ada, place, '@assistant go')
  const { message } = await ada.heard('message', (frame) => frame.message.ended !== undefined)
  expect(message.ended).toBe('length')
  expect(message.text.length).toBeLessThanOrEqual(limits.botTextUnits)
  expect(message.text.length).toBeGreaterThan(limits.botTextUnits - 10)
  expect(message.text.isWellFormed()).toBe(true)
  await closed.promise
})
