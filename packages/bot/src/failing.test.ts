import { limits } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { type FailureKind, ModelFailure } from './failure.ts'
import { botWorld, general, notStopped } from './testing/bot-world.ts'

const kinds: readonly FailureKind[] = [
  'unauthorized',
  'rate_limited',
  'unavailable',
  'stalled',
  'cut',
  'bad_answer',
  'too_long',
  'refused',
]

describe('a model that fails', () => {
  test.each(kinds)(
    '[U8] before it speaks (%s) leaves a line that can be read, and can be asked again',
    async (kind) => {
      const world = await botWorld()
      const { call, worked } = await world.begin('@assistant hello?')
      const failure = new ModelFailure(kind, { detail: 'status 999' })
      call.fail(failure)
      expect(await worked).toBe('done')
      const reply = await world.latest()
      expect(reply).toMatchObject({ text: failure.line, ended: 'failed' })
      expect(reply.text).toMatch(/^[A-Z].*\.$/)
      expect(reply.text).not.toContain('999')
      expect(world.log.lines).toEqual([
        { level: 'warn', message: 'a model failed', fields: { kind, detail: 'status 999', model: 'test' } },
      ])

      await world.chat.execute(world.ada.actor, { action: 'retry', room: general, id: reply.id })
      const again = world.bot.work(world.job(), notStopped())
      const next = await world.model.call(1)
      expect(JSON.stringify(next.request)).not.toContain(failure.line)
      next.say('Hello!')
      next.end()
      await again
      expect(await world.latest()).toMatchObject({ text: 'Hello!', ended: 'done', variants: { index: 1, count: 2 } })
    },
  )

  test('[U8] in the middle keeps what it said, and says why it stopped', async () => {
    const world = await botWorld()
    const { call, worked } = await world.begin('@assistant hello?')
    call.say('Well, ')
    call.say('you see')
    call.fail(new ModelFailure('cut'))
    await worked
    expect(await world.latest()).toMatchObject({
      text: "Well, you see\n\nThe model's reply broke off. Try again.",
      ended: 'failed',
    })
  })

  test('tells how long the provider asks to wait', async () => {
    const world = await botWorld()
    const { call, worked } = await world.begin('@assistant hello?')
    call.fail(new ModelFailure('rate_limited', { retryAfter: 7 }))
    await worked
    expect((await world.latest()).text).toBe('The model asks to wait 7 seconds. Try again then.')
  })

  test('at the end of a text as long as may be, says why within that length', async () => {
    const world = await botWorld()
    const { call, worked } = await world.begin('@assistant all of it')
    call.say(`${'x'.repeat(limits.botTextUnits - 60)}${'👍'.repeat(30)}`)
    call.fail(new ModelFailure('cut'))
    await worked
    const { text } = await world.latest()
    expect(text.length).toBeLessThanOrEqual(limits.botTextUnits)
    expect(text).toMatch(/👍\n\nThe model's reply broke off\. Try again\.$/u)
    expect(text.isWellFormed()).toBe(true)
  })

  test('by the rules of its provider about contents says so', async () => {
    const world = await botWorld()
    const { call, worked } = await world.begin('@assistant something bad')
    call.say('First, take')
    call.end('filtered', { tokensIn: 9, tokensOut: 3 })
    await worked
    expect(await world.latest()).toMatchObject({
      text: 'First, take\n\nThe provider broke the reply off, by its rules about contents.',
      ended: 'failed',
    })
  })
})
