import { describe, expect, test } from 'vitest'
import { assistantId } from '../bots.ts'
import type { Usage } from '../ports/ledger.ts'
import { botRoom, service } from '../testing/bot-room.ts'
import { refusal } from '../testing/expected.ts'
import { general, messageId } from '../testing/samples.ts'

const dayMs = 24 * 60 * 60 * 1000

const room = async () => {
  const chat = await botRoom()
  const record = (id: string, daysAgo: number, more: Partial<Usage> = {}) =>
    chat.chat.execute(service(assistantId), {
      action: 'record-usage',
      usage: {
        ...{ id, room: general, user: chat.ada.id, bot: assistantId, message: messageId(1), model: 'fast', variant: 0 },
        ...{ tokensIn: 100, tokensOut: 10, cost: 0.5, estimated: false, at: chat.clock.iso(-daysAgo * dayMs) },
        ...more,
      },
    })
  const list = (range: { from?: string; to?: string } = {}) =>
    chat.chat.execute(chat.owner.actor, { action: 'list-usage', ...range })
  return { ...chat, record, list, day: (daysAgo: number) => chat.clock.iso(-daysAgo * dayMs).slice(0, 10) }
}

describe('usage', () => {
  test('[H34] is told to admins as sums of days, with the budgets: the last thirty when nothing is said', async () => {
    const { record, list, day, ada } = await room()
    await record('a', 0)
    await record('b', 0, { cost: null })
    await record('c', 29)
    await record('d', 30)
    const sum = {
      room: general,
      user: ada.id,
      bot: assistantId,
      model: 'fast',
      tokensIn: 100,
      tokensOut: 10,
      cost: 0.5,
    }
    expect(await list()).toStrictEqual({
      from: day(29),
      to: day(0),
      usage: [
        { ...sum, day: day(29), replies: 1 },
        { ...sum, day: day(0), replies: 2, tokensIn: 200, tokensOut: 20, cost: null },
      ],
      budgets: { person: 200_000, room: 1_000_000 },
    })
  })

  test('[H34] is told of the days that are asked for, both ends included, 92 at most', async () => {
    const { record, list, day } = await room()
    for (const daysAgo of [0, 1, 2, 3]) await record(`${daysAgo}`, daysAgo)
    expect(await list({ from: day(2), to: day(1) })).toMatchObject({ usage: [{ day: day(2) }, { day: day(1) }] })
    expect(await list({ to: day(3) })).toMatchObject({ from: day(32), usage: [{ day: day(3) }] })
    expect(await list({ from: day(1), to: day(2) })).toStrictEqual(refusal('bad_request'))
    expect(await list({ from: day(91) })).toMatchObject({ from: day(91) })
    expect(await list({ from: day(92) })).toStrictEqual(refusal('bad_request'))
  })

  test('[H34] of one reply is told by variant', async () => {
    const { record, chat, owner } = await room()
    await record('b', 0, { variant: 1, estimated: true })
    await record('a', 0)
    await record('c', 0, { message: messageId(2) })
    const see = { action: 'see-reply-usage', room: general, message: messageId(1) } as const
    expect(await chat.execute(owner.actor, see)).toMatchObject([
      { variant: 0, model: 'fast', tokensIn: 100, tokensOut: 10, cost: 0.5, estimated: false },
      { variant: 1, estimated: true },
    ])
  })

  test('is recorded once under one id', async () => {
    const { record, list } = await room()
    expect(await record('a', 0)).toBeNull()
    expect(await record('a', 0)).toBeNull()
    expect(await list()).toMatchObject({ usage: [{ replies: 1 }] })
  })

  test('[H34] is for admins to see, and for bots of this server to record', async () => {
    const { chat, ada, owner, record, ports } = await room()
    await record('a', 0)
    const see = { action: 'see-reply-usage', room: general, message: messageId(1) } as const
    expect(await chat.execute(ada.actor, { action: 'list-usage' })).toStrictEqual(refusal('forbidden'))
    expect(await chat.execute(ada.actor, see)).toStrictEqual(refusal('forbidden'))
    const [usage] = await ports.ledger.ofMessage(general, messageId(1))
    if (!usage) throw new Error('nothing was recorded')
    const forged = { ...usage, id: 'forged', room: general, user: ada.id, bot: assistantId }
    expect(await chat.execute(owner.actor, { action: 'record-usage', usage: forged })).toStrictEqual(
      refusal('forbidden'),
    )
  })
})
