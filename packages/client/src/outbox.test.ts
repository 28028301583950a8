import { describe, expect, test } from 'vitest'
import { ParleyError } from './errors.ts'
import type { Link } from './link.ts'
import { createOutbox } from './outbox.ts'
import { type StoredOutgoing, webOutbox } from './outbox-storage.ts'
import { apply } from './state/apply.ts'
import type { Happening } from './state/events.ts'
import { createStore } from './store.ts'
import { mapStorage } from './testing/map-storage.ts'
import { general, me, message, messageId, told, userId, welcome } from './testing/samples.ts'
import { virtualClock } from './testing/virtual-clock.ts'

interface Sent {
  readonly id: string
  readonly room: string
  readonly text: string
  answer(): void
  refuse(code: ParleyError['code'], retry: number | null): void
}

const setUp = (kept = mapStorage()) => {
  const clock = virtualClock(1_000_000, () => {})
  const store = createStore()
  const happenings: Happening[] = []
  const sent: Sent[] = []
  let ids = 0
  let seq = 10
  let isOnline = true
  const link = {
    ask: (what: { id: string; room: string; text: string }) =>
      new Promise((resolve, reject) => {
        sent.push({
          ...what,
          answer: () => {
            seq += 1
            const { id, name, kind } = me
            const stored = message(seq, { id: what.id as never, room: what.room as never, from: { id, name, kind } })
            const { outbox: before } = store.get()
            store.update((state) => apply(state, told(stored), { maxGap: 500, now: 0 }))
            outbox.settled(before, [stored])
            resolve({ message: stored })
          },
          refuse: (code, retry) => reject(new ParleyError(code, '', retry)),
        })
      }),
  } as unknown as Link
  const outbox = createOutbox({
    clock,
    random: () => 0.5,
    uuid: () => {
      ids += 1
      return messageId(ids)
    },
    store,
    storage: webOutbox(kept),
    link: () => (isOnline ? link : undefined),
    emit: (happening) => happenings.push(happening),
  })
  store.update((state) => apply(state, welcome(), { maxGap: 500, now: 0 }))
  const begin = async () => {
    outbox.begin(me.id)
    await clock.settle()
  }
  const pending = () => [...store.get().outbox.values()].flat().map(({ id, failed }) => [id, failed?.code])
  const texts = () => sent.map(({ text }) => text)
  const last = (): Sent => {
    const one = sent.at(-1)
    if (!one) throw new Error('nothing was sent')
    return one
  }
  return {
    clock,
    outbox,
    sent,
    texts,
    last,
    pending,
    kept,
    begin,
    happenings,
    setOnline: (online: boolean) => {
      isOnline = online
    },
  }
}

describe('sending', () => {
  test('waits in each room for the answer to the message before', async () => {
    const { outbox, begin, texts, sent, clock } = setUp()
    await begin()
    outbox.send(general, 'one')
    outbox.send(general, 'two')
    outbox.send('den', 'three')
    expect(texts()).toEqual(['one', 'three'])
    sent[0]?.answer()
    await clock.settle()
    expect(texts()).toEqual(['one', 'three', 'two'])
  })

  test('tells when a message is stored', async () => {
    const { outbox, begin, last, happenings, pending } = setUp()
    await begin()
    const { id, stored } = outbox.send(general, 'one')
    expect(pending()).toEqual([[id, undefined]])
    last().answer()
    await expect(stored).resolves.toMatchObject({ id, seq: 11 })
    expect(pending()).toEqual([])
    expect(happenings).toMatchObject([{ name: 'sent', event: { outgoing: { id }, message: { id } } }])
  })

  test.each([
    ['disconnected', 0],
    ['timeout', 1],
    ['signed_out', null],
  ] as const)('says it again under the same id after %s', async (code, retry) => {
    const { outbox, begin, last, sent, clock } = setUp()
    await begin()
    const { id } = outbox.send(general, 'one')
    last().refuse(code, retry)
    await clock.settle()
    expect(sent.map((one) => one.id)).toEqual([id, id])
  })

  test('waits for a link, and then for what was kept', async () => {
    const { outbox, texts, begin, setOnline } = setUp()
    setOnline(false)
    outbox.send(general, 'one')
    await begin()
    expect(texts()).toEqual([])
    setOnline(true)
    outbox.pump()
    expect(texts()).toEqual(['one'])
  })
})

describe('a refusal', () => {
  test.each(['rate_limited', 'unavailable'] as const)('as %s is waited out, however often', async (code) => {
    const { outbox, begin, last, sent, clock, pending } = setUp()
    await begin()
    const { id } = outbox.send(general, 'one')
    for (let times = 1; times <= 12; times += 1) {
      last().refuse(code, 3)
      await clock.settle()
      expect(sent).toHaveLength(times)
      await clock.pass(3_000 + 60_000)
      expect(sent).toHaveLength(times + 1)
    }
    expect(pending()).toEqual([[id, undefined]])
  })

  test('that a repeat cannot change ends it, and the next message goes on', async () => {
    const { outbox, begin, last, texts, pending, happenings, clock } = setUp()
    await begin()
    const { id, stored } = outbox.send(general, 'one')
    outbox.send(general, 'two')
    last().refuse('forbidden', null)
    await expect(stored).rejects.toMatchObject({ code: 'forbidden', retry: null })
    await clock.settle()
    expect(texts()).toEqual(['one', 'two'])
    expect(pending()[0]).toEqual([id, 'forbidden'])
    expect(happenings).toMatchObject([{ name: 'failed', event: { outgoing: { id, failed: { code: 'forbidden' } } } }])
  })

  test('as a fault of the server ends it after some times', async () => {
    const { outbox, begin, last, sent, clock, pending } = setUp()
    await begin()
    const { id } = outbox.send(general, 'one')
    for (let times = 0; times < 4; times += 1) {
      last().refuse('internal', 1)
      await clock.pass(60_000)
    }
    expect(pending()).toEqual([[id, undefined]])
    last().refuse('internal', 1)
    await clock.pass(60_000)
    expect(sent).toHaveLength(5)
    expect(pending()).toEqual([[id, 'internal']])
  })

  test('is foreseen for a text that is too long', async () => {
    const { outbox, begin, sent } = setUp()
    await begin()
    await expect(outbox.send(general, 'x'.repeat(10_001)).stored).rejects.toMatchObject({ code: 'too_large' })
    expect(sent).toEqual([])
  })
})

describe('a failed message', () => {
  const failed = async (code: ParleyError['code']) => {
    const all = setUp()
    await all.begin()
    const { id } = all.outbox.send(general, 'one')
    all.last().refuse(code, null)
    await all.clock.settle()
    return { ...all, id }
  }

  test('can be sent again, under its id', async () => {
    const { outbox, id, last } = await failed('forbidden')
    const again = outbox.resend(general, id)
    expect(again?.id).toBe(id)
    last().answer()
    await expect(again?.stored).resolves.toMatchObject({ id })
    expect(outbox.resend(general, id)).toBeUndefined()
  })

  test('gets another id if that was the trouble', async () => {
    const { outbox, id, pending } = await failed('conflict')
    const again = outbox.resend(general, id)
    expect(again?.id).not.toBe(id)
    expect(pending()).toEqual([[again?.id, undefined]])
  })

  test('can be discarded', async () => {
    const { outbox, id, pending, kept } = await failed('forbidden')
    outbox.discard(general, id)
    expect([pending(), kept.length]).toEqual([[], 0])
  })
})

describe('over a reload', () => {
  test('messages are kept until they are stored', async () => {
    const first = setUp()
    await first.begin()
    first.outbox.send(general, 'one')
    first.outbox.send(general, 'two')
    expect(first.kept.length).toBe(2)
    first.last().answer()
    await first.clock.settle()
    expect(first.kept.length).toBe(1)
    const second = setUp(first.kept)
    second.outbox.send(general, 'three')
    await second.begin()
    expect(second.texts()).toEqual(['two'])
    second.last().answer()
    await second.clock.settle()
    expect(second.texts()).toEqual(['two', 'three'])
  })

  test('failed ones stay failed, with their reason', async () => {
    const first = setUp()
    await first.begin()
    const { id } = first.outbox.send(general, 'one')
    first.last().refuse('not_found', null)
    await first.clock.settle()
    const second = setUp(first.kept)
    await second.begin()
    expect([second.pending(), second.sent]).toEqual([[[id, 'not_found']], []])
  })

  test('those of somebody else are left alone', async () => {
    const first = setUp()
    await first.begin()
    const { stored } = first.outbox.send(general, 'one')
    first.outbox.begin(userId(7))
    await expect(stored).rejects.toMatchObject({ code: 'stopped' })
    expect([first.pending(), first.kept.length]).toEqual([[], 1])
  })

  test('clearing forgets them', async () => {
    const { outbox, begin, pending, kept } = setUp()
    await begin()
    const { stored } = outbox.send(general, 'one')
    outbox.clear()
    await expect(stored).rejects.toMatchObject({ code: 'discarded' })
    expect([pending(), kept.length]).toEqual([[], 0])
  })

  test('a storage that fails is reported, and messages are sent all the same', async () => {
    const broken = {
      ...mapStorage(),
      setItem: () => {
        throw new Error('QuotaExceededError')
      },
    }
    const { outbox, begin, texts, happenings } = setUp(broken)
    await begin()
    outbox.send(general, 'one')
    expect(texts()).toEqual(['one'])
    expect(happenings).toMatchObject([{ name: 'error', event: { message: 'QuotaExceededError' } }])
  })

  test('what else is in the storage, or is broken in it, is passed over', async () => {
    const kept = mapStorage()
    kept.setItem('theme', 'dark')
    kept.setItem(`parley-outbox ${me.id} general x`, '{')
    kept.setItem(`parley-outbox ${userId(7)} general y`, JSON.stringify({ id: 'y' } as Partial<StoredOutgoing>))
    const { begin, pending } = setUp(kept)
    await begin()
    expect(pending()).toEqual([])
  })
})
