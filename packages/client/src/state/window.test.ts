import { describe, expect, test } from 'vitest'
import { message } from '../testing/samples.ts'
import { change, extend, hasHeard, hear, heldAbove, heldAt, mend, newWindow, trim } from './window.ts'

const seqs = ({ messages }: { messages: readonly { seq: number }[] }) => messages.map(({ seq }) => seq)

describe('changes', () => {
  test('in order leave no gap', () => {
    const window = [11, 12, 13].reduce((held, seq) => change(held, message(seq)), newWindow(10))
    expect(window).toMatchObject({ complete: 13, newest: 13, beyond: [] })
    expect(seqs(window)).toEqual([11, 12, 13])
  })

  test('that overtake each other leave a gap until the last of them has come', () => {
    const gap = [13, 12].reduce((held, seq) => change(held, message(seq)), newWindow(10))
    expect(gap).toMatchObject({ complete: 10, newest: 13, beyond: [12, 13] })
    const whole = change(gap, message(11))
    expect(whole).toMatchObject({ complete: 13, newest: 13, beyond: [] })
    expect(seqs(whole)).toEqual([11, 12, 13])
  })

  test('of a message replace it unless they are older', () => {
    const held = change(newWindow(10), message(11, { rev: 13, text: 'new' }))
    expect(change(held, message(11, { rev: 12, text: 'old' })).messages).toEqual(held.messages)
    expect(change(held, message(11, { rev: 14, text: 'newer' })).messages[0]?.text).toBe('newer')
  })

  test('that come twice change nothing', () => {
    const held = change(newWindow(10), message(11))
    expect(change(held, message(11))).toBe(held)
  })

  test('of messages before the start are counted and not held', () => {
    const window = change(newWindow(10), message(3, { rev: 11 }))
    expect(window).toMatchObject({ complete: 11, messages: [] })
    expect(hasHeard(window, 11)).toBe(true)
    expect(hasHeard(window, 12)).toBe(false)
  })

  test('are found by seq', () => {
    const window = [11, 14, 12].reduce((held, seq) => change(held, message(seq)), newWindow(10))
    expect(heldAt(window, 12)?.seq).toBe(12)
    expect(heldAt(window, 13)).toBeUndefined()
    expect([10, 11, 12, 13, 14].map((seq) => heldAbove(window, seq))).toEqual([3, 2, 1, 1, 0])
  })
})

describe('a sync', () => {
  test('closes the gap up to where it is complete', () => {
    const gap = change(newWindow(10), message(14))
    const mended = mend(gap, { messages: [message(11), message(12)], rev: 12, more: true }, 10)
    expect(mended).toMatchObject({ complete: 12, newest: 14 })
    const whole = mend(mended, { messages: [message(13), message(14)], rev: 14, more: false }, 12)
    expect(whole).toMatchObject({ complete: 14, newest: 14, beyond: [] })
  })

  test('with more to come shows that there is more', () => {
    expect(mend(newWindow(10), { messages: [message(11)], rev: 11, more: true }, 10).newest).toBe(12)
  })

  test('from above where all is complete closes nothing', () => {
    const mended = mend(hear(newWindow(10), 14), { messages: [message(14)], rev: 14, more: false }, 12)
    expect(mended).toMatchObject({ complete: 10, newest: 14 })
    expect(seqs(mended)).toEqual([14])
  })
})

describe('a page of history', () => {
  const page = (from: number, to: number, rev: number, more = true) => ({
    messages: Array.from({ length: to - from + 1 }, (_, index) => message(from + index)),
    rev,
    more,
  })

  test('goes before what is held', () => {
    const window = extend(change(newWindow(10), message(11)), page(8, 10, 11), 11)
    expect(window).toMatchObject({ start: 7, complete: 11 })
    expect(seqs(window)).toEqual([8, 9, 10, 11])
  })

  test('without older ones is the beginning', () => {
    expect(extend(newWindow(10), page(9, 10, 10, false), 11).start).toBe(0)
    expect(extend(newWindow(10), { messages: [], rev: 10, more: false }, 11).start).toBe(0)
  })

  test('that was read before frames that have come is healed from there', () => {
    const held = change(newWindow(10), message(9, { rev: 11, text: 'edited' }))
    const window = extend(held, page(9, 10, 10), 11)
    expect(window).toMatchObject({ complete: 10, newest: 11 })
    const healed = mend(window, { messages: [message(9, { rev: 11, text: 'edited' })], rev: 11, more: false }, 10)
    expect(healed).toMatchObject({ complete: 11, newest: 11 })
    expect(heldAt(healed, 9)?.text).toBe('edited')
  })

  test('that was read after frames that have not come shows the gap', () => {
    expect(extend(newWindow(10), page(9, 10, 12), 11)).toMatchObject({ complete: 10, newest: 12 })
  })

  test('from before the present start is passed over', () => {
    const window = newWindow(20)
    expect(extend(window, page(9, 10, 10), 11)).toBe(window)
  })
})

describe('trimming', () => {
  const whole = [11, 12, 13].reduce((held, seq) => change(held, message(seq)), newWindow(10))

  test('keeps the newest', () => {
    expect(seqs(trim(whole, 2))).toEqual([12, 13])
    expect(trim(whole, 2).start).toBe(11)
  })

  test('does nothing while there is a gap', () => {
    const gap = change(whole, message(15))
    expect(trim(gap, 2)).toBe(gap)
  })
})
