import { type Down, limits } from '@parley/protocol'
import { describe, expect, test } from 'vitest'
import { refusedAs } from '../testing/expected.ts'
import { draft, general, instant, messageId, upTo, userId } from '../testing/samples.ts'
import { testChat } from '../testing/test-chat.ts'

type Page = Extract<Down, { type: 'page' | 'synced' }>

const room = 'general'
const seqs = (page: Page): number[] => page.messages.map(({ seq }) => seq)
const revs = (page: Page): number[] => page.messages.map(({ rev }) => rev)

/** A room with so many messages, `text` in each. */
const roomOf = async (count: number, text = 'hi') => {
  const chat = testChat()
  const reader = await chat.connect(await chat.person('Ada'))
  for (const number of upTo(count)) await chat.ports.store.appendMessage(draft(number, 1, { text }))
  const ask = async (frame: object) => (await reader.say({ room, ...frame })) as Page
  return { ...chat, reader, ask }
}

describe('sync', () => {
  test('[Y1][Y2] brings what changed after a rev, as it now stands, by rev', async () => {
    const { ask, ports } = await roomOf(4)
    const edited = { kind: 'edit', text: 'ho', at: instant(9) } as const
    await ports.store.changeMessage(general, messageId(2), edited)
    const all = await ask({ action: 'sync', since: 0 })
    expect(all).toMatchObject({ type: 'synced', room, rev: 5, more: false })
    expect(revs(all)).toStrictEqual([1, 3, 4, 5])
    expect(revs(await ask({ action: 'sync', since: 3 }))).toStrictEqual([4, 5])
    expect((await ask({ action: 'sync', since: 4 })).messages).toMatchObject([{ seq: 2, rev: 5, text: 'ho' }])
  })

  test('[Y2] is empty at the rev of the room and above', async () => {
    const { ask } = await roomOf(2)
    for (const since of [2, 3, Number.MAX_SAFE_INTEGER]) {
      expect(await ask({ action: 'sync', since })).toMatchObject({ messages: [], rev: 2, more: false })
    }
  })

  test('[Y3][Y6] comes in pieces of the limit, each going on from the last', async () => {
    const { ask } = await roomOf(60)
    const first = await ask({ action: 'sync', since: 0 })
    expect(first).toMatchObject({ rev: 50, more: true })
    expect(first.messages).toHaveLength(50)
    const second = await ask({ action: 'sync', since: 50, limit: 4 })
    expect(revs(second)).toStrictEqual([51, 52, 53, 54])
    expect(second).toMatchObject({ rev: 54, more: true })
    expect(await ask({ action: 'sync', since: 54 })).toMatchObject({ rev: 60, more: false })
  })

  test('[Y8] brings what is deleted', async () => {
    const { ask, ports } = await roomOf(1)
    await ports.store.changeMessage(general, messageId(1), { kind: 'delete', at: instant(9) })
    expect((await ask({ action: 'sync', since: 0 })).messages).toMatchObject([{ text: '', deletedAt: instant(9) }])
  })
})

describe('history', () => {
  test('[Y4][Y5] brings the newest before a seq, ascending', async () => {
    const { ask } = await roomOf(5)
    const newest = await ask({ action: 'history', limit: 2 })
    expect(newest).toMatchObject({ type: 'page', room, rev: 5, more: true })
    expect(seqs(newest)).toStrictEqual([4, 5])
    expect(seqs(await ask({ action: 'history', before: 4, limit: 2 }))).toStrictEqual([2, 3])
    expect(await ask({ action: 'history', before: 2, limit: 2 })).toMatchObject({ more: false, rev: 5 })
    expect(await ask({ action: 'history', before: 0 })).toMatchObject({ messages: [], more: false })
  })

  test('[H16] over HTTP brings the oldest after a seq, too', async () => {
    const { chat, reader } = await roomOf(5)
    const { user, session } = reader.connection
    const actor = { kind: 'user', user, session } as const
    const page = (await chat.execute(actor, { action: 'list-messages', room: general, after: 2, limit: 2 })) as Page
    expect(seqs(page)).toStrictEqual([3, 4])
    expect(page).toMatchObject({ type: 'page', more: true })
    expect(seqs((await chat.execute(actor, { action: 'list-messages', room: general, before: 3 })) as Page)).toEqual([
      1, 2,
    ])
  })
})

describe('pages of whatever', () => {
  /** As many bytes as one message can have: each unit of the text takes three. */
  const longest = '한'.repeat(limits.textUnits)

  test.each(['sync', 'history'])(
    '[Y7][L2] %s ends before a frame is too large, with the longest ref',
    async (action) => {
      const { ask } = await roomOf(8, longest)
      const ref = '\u0001'.repeat(limits.refUnits)
      const answer = await ask({ action, since: 0, limit: 500, ref, ...(action === 'history' && { since: undefined }) })
      expect(answer.more).toBe(true)
      expect(answer.messages.length).toBeGreaterThan(0)
      expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThanOrEqual(limits.downBytes)
    },
  )

  test('[Y7][L2] many short messages fit with all that is around them', async () => {
    for (const units of [7, 8, 9, 10, 11]) {
      const { ask } = await roomOf(500, 'x'.repeat(units))
      const ref = '\u0001'.repeat(limits.refUnits)
      const answer = await ask({ action: 'sync', since: 0, limit: 500, ref })
      expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThanOrEqual(limits.downBytes)
    }
  })

  test('[Y3] one message of the largest size comes, however large', async () => {
    const { ask, ports } = await roomOf(1, longest)
    const reactions = ['👍', '🎉', '😀', '😁'].flatMap((emoji) => upTo(50).map((user) => ({ emoji, user })))
    for (const { emoji, user } of reactions) {
      await ports.store.changeMessage(general, messageId(1), { kind: 'react', user: userId(user), emoji, on: true })
    }
    const answer = await ask({ action: 'sync', since: 0 })
    expect(answer).toMatchObject({ more: false, rev: 201 })
    expect(Buffer.byteLength(JSON.stringify(answer))).toBeLessThanOrEqual(limits.downBytes)
  })

  test('[Y9][V2] a public room is read by who is not in it, a private one is not found', async () => {
    const { ask, person, connect } = await roomOf(0)
    const founder = await connect(await person('Bea'))
    await founder.say({ action: 'create', room: 'yard', kind: 'public' })
    await founder.say({ action: 'create', room: 'den', kind: 'private' })
    for (const frame of [{ action: 'sync', since: 0 }, { action: 'history' }]) {
      expect(await ask({ ...frame, room: 'yard' })).toMatchObject({ messages: [], more: false })
      expect(await ask({ ...frame, room: 'den' })).toStrictEqual(refusedAs('not_found'))
      expect(await ask({ ...frame, room: 'nowhere' })).toStrictEqual(refusedAs('not_found'))
    }
  })
})
