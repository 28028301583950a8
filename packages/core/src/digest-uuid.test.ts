import { type MessageId, risingId } from '@parley/protocol'
import { expect, test } from 'vitest'
import { assistantId, replyId } from './bots.ts'
import { digestUuid } from './digest-uuid.ts'

test('the id of a reply is always the same, another for each bot, and stands beside its prompt', async () => {
  const prompt = risingId() as MessageId
  const other = '11111111-1111-4111-8111-111111111111' as typeof assistantId
  const reply = await replyId(prompt, assistantId)
  expect(reply).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
  expect(await replyId(prompt, assistantId)).toBe(reply)
  expect(await replyId(prompt, other)).not.toBe(reply)
  expect(reply.slice(0, 13)).toBe(prompt.slice(0, 13))
  expect(reply).not.toBe(prompt)
})

test('a digest is a UUID of version 8', async () => {
  expect(await digestUuid('one')).toBe(await digestUuid('one'))
  expect(await digestUuid('one')).not.toBe(await digestUuid('two'))
  expect(await digestUuid('one')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-8[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
})
