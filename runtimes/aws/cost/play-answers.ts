import { randomUUID } from 'node:crypto'
import { openAiBegin, openAiEnd, openAiStream, openAiText } from '@parley/bot/testing'
import type { Client, Frame } from './client.ts'
import type { Stage } from './stage.ts'

/** The frames by which an answer of 300 tokens grows that takes three seconds: five a second. */
export const frames = 15
/** Four characters a token. */
const piece = 'abcdefgh'.repeat(10)

const room = 'ten'

interface Message {
  readonly id?: string
  readonly replyTo?: string
  readonly ended?: string
}

const hasText =
  (length: number) =>
  (frame: Frame): boolean =>
    frame.type === 'delta' && Number(frame.at) + String(frame.text).length >= length

/** Asks the model something, and waits for all of its answer, whose id it answers. */
const askIt = async (a: Client): Promise<string> => {
  const id = randomUUID()
  a.forget()
  await a.ask('send', { room, id, text: '@assistant '.padEnd(200, 'x') })
  const answer = await a.heard(({ type, message }) => {
    const { replyTo, ended } = (message ?? {}) as Message
    return type === 'message' && replyTo === id && ended === 'done'
  })
  return (answer.message as { id: string }).id
}

/** What models say, in a room of ten. */
export const answers = async ({ of, model, until, second }: Stage, a: Client): Promise<void> => {
  // A piece is said when the one before was heard.
  model.answer(async (response, asked) => {
    openAiBegin(response)
    for (let said = 1; said <= frames; said += 1) {
      openAiText(response, piece)
      await a.heard(hasText(said * piece.length))
    }
    openAiEnd(response, asked, { tokensIn: 700, tokensOut: 300 })
  })
  await of(`a model's answer of 300 tokens by ${frames} frames, to 10, with its prompt`, () => askIt(a))
  const short = openAiStream([piece], { tokensOut: 20 })
  model.answer(short)
  await of('an answer of 20 tokens by one frame, to 10, with its prompt', () => askIt(a))
  model.answer(async (response, asked) => {
    openAiBegin(response)
    openAiText(response, piece)
    await a.heard(hasText(piece.length))
    const signed = until((before) => (now) => now.writes > before.writes)
    second()
    await signed
    openAiEnd(response, asked, { tokensOut: 20 })
  })
  await of('the same answer, a second longer', () => askIt(a))
  model.answer(short)
  const id = await askIt(a)
  await of('`retry`: another answer of 20 tokens, to 10', async () => {
    a.forget()
    await a.ask('retry', { room, id })
    await a.heard(({ type, message }) => {
      const told = (message ?? {}) as Message
      return type === 'message' && told.id === id && told.ended === 'done'
    })
  })
  await of('`variant`: show the first again, to 10', () => a.ask('variant', { room, id, index: 0 }))
  await of('`catchup`: a summary by a model', async () => {
    await a.ask('catchup', { room, after: 1 })
    await a.heard(({ type, streaming }) => type === 'note' && !streaming)
  })
}
