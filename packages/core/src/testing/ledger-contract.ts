import type { UsageSum } from '@parley/protocol'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Ledger, Usage } from '../ports/ledger.ts'
import { general, instant, messageId, roomId, upTo, userId } from './samples.ts'

/** A ledger with nothing in it. */
export interface LedgerFixture {
  readonly ledger: Ledger
  /** Gives the ledger up as a crash would, and opens what it has kept. The first one is not used any more. */
  readonly reopen?: () => Promise<Ledger>
  stop(): Promise<void>
}

const day = instant(0).slice(0, 10)
const dayMs = 24 * 60 * 60 * 1000

const usage = (number: number, more: Partial<Usage> = {}): Usage => ({
  id: `usage ${number}`,
  room: general,
  user: userId(1),
  bot: userId(9),
  message: messageId(1),
  model: 'fast',
  at: instant(number),
  variant: 0,
  tokensIn: 100,
  tokensOut: 10,
  cost: 0.5,
  estimated: false,
  ...more,
})

const sum = (more: Partial<UsageSum>): UsageSum => ({
  day,
  room: general,
  user: userId(1),
  bot: userId(9),
  model: 'fast',
  replies: 1,
  tokensIn: 100,
  tokensOut: 10,
  cost: 0.5,
  ...more,
})

const sorted = (sums: readonly UsageSum[]): readonly UsageSum[] =>
  sums.toSorted((one, other) => (JSON.stringify(one) < JSON.stringify(other) ? -1 : 1))

const sumTests = (given: () => Ledger): void => {
  test('spent counts tokens in and out of a person and of a room, on one day of UTC', async () => {
    const club = roomId('club')
    await given().add(usage(1))
    await given().add(usage(2, { user: userId(2), tokensIn: 7, tokensOut: 0 }))
    await given().add(usage(3, { room: club, tokensIn: 1_000 }))
    await given().add(usage(4, { at: instant(dayMs - 1), tokensIn: 20, tokensOut: 3 }))
    await given().add(usage(5, { at: instant(dayMs), tokensIn: 5_000 }))
    expect(await given().spent({ day, user: userId(1) })).toBe(110 + 1_010 + 23)
    expect(await given().spent({ day, user: userId(2) })).toBe(7)
    expect(await given().spent({ day, user: userId(3) })).toBe(0)
    expect(await given().spent({ day, room: general })).toBe(110 + 7 + 23)
    expect(await given().spent({ day, room: club })).toBe(1_010)
    expect(await given().spent({ day: instant(dayMs).slice(0, 10), user: userId(1) })).toBe(5_010)
    expect(await given().spent({ day: instant(2 * dayMs).slice(0, 10), room: general })).toBe(0)
  })

  test('a day is told as sums, each of a room, person, bot and model once', async () => {
    await given().add(usage(1))
    await given().add(usage(2, { tokensIn: 1, tokensOut: 2, cost: 0.25 }))
    await given().add(usage(3, { model: 'slow' }))
    await given().add(usage(4, { user: userId(2) }))
    await given().add(usage(5, { bot: userId(8) }))
    await given().add(usage(6, { room: roomId('club') }))
    await given().add(usage(7, { at: instant(dayMs) }))
    expect(sorted(await given().on(day))).toStrictEqual(
      sorted([
        sum({ replies: 2, tokensIn: 101, tokensOut: 12, cost: 0.75 }),
        sum({ model: 'slow' }),
        sum({ user: userId(2) }),
        sum({ bot: userId(8) }),
        sum({ room: roomId('club') }),
      ]),
    )
    expect(await given().on(instant(2 * dayMs).slice(0, 10))).toStrictEqual([])
  })

  test('a sum with a price that is not known is not known', async () => {
    await given().add(usage(1))
    await given().add(usage(2, { cost: null }))
    await given().add(usage(3, { model: 'free', cost: 0 }))
    expect(sorted(await given().on(day))).toStrictEqual(
      sorted([sum({ replies: 2, tokensIn: 200, tokensOut: 20, cost: null }), sum({ model: 'free', cost: 0 })]),
    )
    expect(await given().spent({ day, user: userId(1) })).toBe(330)
  })

  test('models whose names have spaces or are alike are told apart', async () => {
    for (const [index, model] of ['a b', 'a', 'A', 'a%b', 'a_b', 'ä/한:👋#1'].entries()) {
      await given().add(usage(index, { model }))
    }
    expect((await given().on(day)).map(({ model }) => model).toSorted()).toStrictEqual(
      ['a b', 'a', 'A', 'a%b', 'a_b', 'ä/한:👋#1'].toSorted(),
    )
  })
}

const replyTests = (given: () => Ledger): void => {
  test('what was used for a message is told by variant, then by time', async () => {
    const uses = [
      usage(1, { at: instant(50), variant: 0, estimated: true, cost: null }),
      usage(2, { at: instant(60), variant: 0, model: 'slow', tokensIn: 3, tokensOut: 4 }),
      usage(3, { at: instant(10), variant: 1, cost: 0.000_012 }),
      usage(4, { at: instant(5), variant: 10 }),
    ]
    for (const one of uses.toReversed()) await given().add(one)
    await given().add(usage(5, { message: messageId(2) }))
    await given().add(usage(6, { room: roomId('club') }))
    expect(await given().ofMessage(general, messageId(1))).toStrictEqual(
      uses.map(({ model, at, variant, tokensIn, tokensOut, cost, estimated }) => ({
        model,
        at,
        variant,
        tokensIn,
        tokensOut,
        cost,
        estimated,
      })),
    )
    expect(await given().ofMessage(general, messageId(9))).toStrictEqual([])
    expect(await given().ofMessage(roomId('nowhere'), messageId(1))).toStrictEqual([])
  })

  test('a note is used for no message, and counts all the same', async () => {
    const { message: _message, ...note } = usage(1)
    await given().add(note)
    expect(await given().ofMessage(general, messageId(1))).toStrictEqual([])
    expect(await given().spent({ day, user: userId(1) })).toBe(110)
    expect(await given().on(day)).toStrictEqual([sum({})])
  })
}

const repeatTests = (given: () => Ledger): void => {
  test('the same id again is not counted again, whatever it says', async () => {
    await given().add(usage(1))
    await given().add(usage(1))
    await given().add(usage(1, { tokensIn: 9_000, model: 'slow', at: instant(dayMs) }))
    expect(await given().spent({ day, user: userId(1) })).toBe(110)
    expect(await given().on(day)).toStrictEqual([sum({})])
    expect(await given().on(instant(dayMs).slice(0, 10))).toStrictEqual([])
    expect(await given().ofMessage(general, messageId(1))).toHaveLength(1)
  })

  test('what is added at once is all counted, each id once', async () => {
    await Promise.all(upTo(40).map((number) => given().add(usage(number % 20, { at: instant(number % 20) }))))
    expect(await given().spent({ day, user: userId(1) })).toBe(20 * 110)
    expect(await given().on(day)).toStrictEqual([sum({ replies: 20, tokensIn: 2_000, tokensOut: 200, cost: 10 })])
  })
}

/** Registers the tests that every {@link Ledger} passes. */
export const ledgerContract = (name: string, make: () => Promise<LedgerFixture>): void => {
  describe(`${name} keeps the contract of Ledger`, () => {
    let fixture: LedgerFixture
    beforeEach(async () => {
      fixture = await make()
    })
    afterEach(() => fixture.stop())

    const given = () => fixture.ledger
    describe('sums', () => sumTests(given))
    describe('replies', () => replyTests(given))
    describe('what is added again', () => repeatTests(given))

    test('what was added survives a crash', async () => {
      await given().add(usage(1))
      const ledger = fixture.reopen ? await fixture.reopen() : fixture.ledger
      expect(await ledger.on(day)).toStrictEqual([sum({})])
      await ledger.add(usage(1))
      expect(await ledger.spent({ day, room: general })).toBe(110)
    })
  })
}
